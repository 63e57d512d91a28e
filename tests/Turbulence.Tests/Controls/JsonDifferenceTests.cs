using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Controls;

namespace Turbulence.Tests.Controls;

/// <summary>What a hook changed is written into the live objects, and nothing else.</summary>
public sealed class JsonDifferenceTests
{
    private static readonly Gen<JsonNode?> Scalars = Gen.OneOf(
        Gen.Int[0, 3].Select(i => (JsonNode?)i), Gen.Bool.Select(b => (JsonNode?)b), Gen.Const((JsonNode?)null));

    private static readonly Gen<JsonNode?> Values = Gen.Recursive<JsonNode?>((depth, inner) => depth > 3 ? Scalars : Gen.OneOf(
        Scalars,
        inner.Array[0, 4].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
        Gen.Select(Gen.Char["abc"], inner).Array[0, 3].Select(pairs => (JsonNode?)Map(pairs))));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1,"b":2}""", """{"b":2}""", """{"b":2}""")]
    [InlineData("""{"a":{"b":[1,2]}}""", """{"a":{"b":[1,3,2]}}""", """{"a":{"b":[1,3,2]}}""")]
    [InlineData("""[{"n":1},{"n":2}]""", """[{"n":1},{"n":1},{"n":2}]""", """[{"n":1},{"n":1},{"n":2}]""")]
    [InlineData("""[1,2,3,4]""", """[1,4]""", """[1,4]""")]
    [InlineData("""{"a":[1]}""", """{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    public void The_difference_is_written(string before, string after, string expected)
    {
        var live = JsonNode.Parse(before);
        Assert.True(JsonDifference.Write(live, JsonNode.Parse(before), JsonNode.Parse(after)));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), live), live!.ToJsonString());
    }

    [Fact]
    public void What_others_changed_meanwhile_stays()
    {
        var live = JsonNode.Parse("""{"a":9,"list":[0,1,2],"mine":1}""")!;
        var before = JsonNode.Parse("""{"a":1,"list":[1,2],"mine":1}""");
        var after = JsonNode.Parse("""{"a":1,"list":[1,2,3],"mine":2}""");
        Assert.True(JsonDifference.Write(live, before, after));
        Assert.Equal("""{"a":9,"list":[0,1,2,3],"mine":2}""", live.ToJsonString());
    }

    [Fact]
    public void What_stays_equal_keeps_its_identity()
    {
        var live = (JsonArray)JsonNode.Parse("""[{"n":1},{"n":2}]""")!;
        var (first, second) = (live[0], live[1]);
        Assert.True(JsonDifference.Write(live, live.DeepClone(), JsonNode.Parse("""[{"n":1},{"n":5},{"n":2,"more":true}]""")));
        Assert.Same(first, live[0]);
        Assert.Equal("""[{"n":1},{"n":5},{"n":2,"more":true}]""", live.ToJsonString());
        Assert.NotNull(second);
    }

    [Fact]
    public void Any_change_of_any_value_arrives() => Gen.Select(Values, Values).Sample((before, after) =>
    {
        if ((before is JsonObject && after is JsonObject) || (before is JsonArray && after is JsonArray))
        {
            var live = before.DeepClone();
            var written = JsonDifference.Write(live, before, after);
            Assert.True(JsonNode.DeepEquals(after, live), $"{before.ToJsonString()} to {after.ToJsonString()} gave {live.ToJsonString()}");
            Assert.Equal(!JsonNode.DeepEquals(before, after), written);
        }
    });

    private static JsonObject Map((char Key, JsonNode? Value)[] pairs)
    {
        var map = new JsonObject();
        foreach (var (key, value) in pairs)
        {
            map[key.ToString()] = value?.DeepClone();
        }

        return map;
    }
}
