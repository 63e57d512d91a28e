using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Journals;
using Turbulence.Json;

namespace Turbulence.Tests.Json;

public sealed class JsonSnapshotTests
{
    [Fact]
    public void It_is_the_object_as_it_was()
    {
        var live = Large();
        var before = live.ToJsonString();
        var snapshot = new JsonSnapshot(live);
        live["list"]!.AsArray().Clear();
        live["title"] = "another";

        Assert.Equal(before, snapshot.Read().ToJsonString());
        Assert.NotSame(snapshot.Read(), snapshot.Read());
    }

    [Fact]
    public void One_more_member_stands_at_its_end_as_if_it_had_always_been_there()
    {
        var live = Large();
        using var text = new MemoryStream();
        Assert.True(new JsonSnapshot(live).TryWrite(text, "more", new JsonObject { ["a"] = 1, ["b"] = new JsonArray(true, null) }));

        live["more"] = new JsonObject { ["a"] = 1, ["b"] = new JsonArray(true, null) };
        Assert.Equal(JsonText.Indented(live), Encoding.UTF8.GetString(text.ToArray()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"a":1,"more":2,"z":3}""")]
    public void Where_it_has_no_member_or_that_one_nothing_is_written(string json)
    {
        using var text = new MemoryStream();
        Assert.False(new JsonSnapshot(JsonNode.Parse(json)!.AsObject()).TryWrite(text, "more", null));
        Assert.Equal(0, text.Length);
    }

    [Fact]
    public void Any_value_is_written_as_people_read_it()
    {
        Values.Json.Any.Sample(
            value =>
            {
                var live = new JsonObject { ["value"] = value?.DeepClone() };
                using var text = new MemoryStream();
                Assert.True(new JsonSnapshot(live).TryWrite(text, "dry", null));
                live["dry"] = null;
                Assert.Equal(JsonText.Indented(live), Encoding.UTF8.GetString(text.ToArray()));
            },
            iter: 500);
    }

    // Larger than one piece, with a text that is larger than one.
    private static JsonObject Large() => new()
    {
        ["title"] = "a \"title\" for über",
        ["list"] = new JsonArray(
            [.. Enumerable.Range(0, 3000).Select(i => (JsonNode)new JsonObject { ["name"] = $"n{i}", ["number"] = i, ["none"] = null })]),
        ["long"] = new string('\n', 50_000),
        ["last"] = new JsonObject(),
    };
}
