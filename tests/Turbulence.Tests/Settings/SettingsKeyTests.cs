using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Settings;

namespace Turbulence.Tests.Settings;

public sealed class SettingsKeyTests
{
    private const string Root =
        """
        { "auths": { "chaos.example.com": { "type": "bearer" } }, "notifications": [ { "url": "one" }, { "url": "two" } ],
          "nothing": null, "deep": [ [ 1 ] ], "odd]": 7 }
        """;

    [Theory]
    [InlineData("auths.chaos\\.example\\.com.type", "\"bearer\"")]
    [InlineData("notifications[1].url", "\"two\"")]
    [InlineData("notifications[0]", "{\"url\":\"one\"}")]
    [InlineData("deep[0]", "[1]")]
    [InlineData("odd]", "7")]
    [InlineData("nothing", "null")]
    public void Section_12_6_a_key_leads_to_its_value(string key, string json)
    {
        var place = SettingsKey.Parse(key).Find(JsonNode.Parse(Root)!.AsObject());
        Assert.NotNull(place);
        Assert.Equal(json, place.Value.Value?.ToJsonString() ?? "null");
    }

    [Theory]
    [InlineData("auths.chaos.example.com.type")]
    [InlineData("notifications[2]")]
    [InlineData("notifications[-1]")]
    [InlineData("notifications[]")]
    [InlineData("notifications.url")]
    [InlineData("auths[0]")]
    [InlineData("deep[0][0]")]
    [InlineData("nothing.more")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("notifications[99999999999]")]
    public void Section_12_6_a_key_may_lead_nowhere(string key) =>
        Assert.Null(SettingsKey.Parse(key).Find(JsonNode.Parse(Root)!.AsObject()));

    [Fact]
    public void No_key_throws() => Gen.String[Gen.Char["ab.\\[]01-"], 0, 10].Sample(key =>
    {
        var found = SettingsKey.Parse(key).Find(new JsonObject { ["a"] = new JsonArray(1, 2), ["b"] = new JsonObject { ["a"] = 1 } });
        Assert.True(found is null || found.Value.Value is not null);
    });

    [Fact]
    public void A_place_can_be_set_and_removed()
    {
        var root = JsonNode.Parse(Root)!.AsObject();
        SettingsKey.Parse("notifications[0]").Find(root)!.Value.Remove();
        SettingsKey.Parse("notifications[0].url").Find(root)!.Value.Set("three");
        SettingsKey.Parse("auths").Find(root)!.Value.Remove();
        Assert.Equal("""[{"url":"three"}]""", root["notifications"]!.ToJsonString());
        Assert.False(root.ContainsKey("auths"));
    }
}
