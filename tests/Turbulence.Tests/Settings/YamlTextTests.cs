using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Loading;
using Turbulence.Settings;

namespace Turbulence.Tests.Settings;

public sealed class YamlTextTests
{
    [Theory]
    [InlineData("\"bearer\"", "bearer\n...\n")]
    [InlineData("5", "5\n...\n")]
    [InlineData("1.5", "1.5\n...\n")]
    [InlineData("1e20", "1.0e+20\n...\n")]
    [InlineData("true", "true\n...\n")]
    [InlineData("null", "null\n...\n")]
    [InlineData("\"\"", "''\n")]
    [InlineData("\"5\"", "'5'\n")]
    [InlineData("\"on\"", "'on'\n")]
    [InlineData("\"1:30\"", "'1:30'\n")]
    [InlineData("\"2024-01-01\"", "'2024-01-01'\n")]
    [InlineData("\"it's: so\"", "'it''s: so'\n")]
    [InlineData("\"# no\"", "'# no'\n")]
    [InlineData("\"-c\"", "-c\n...\n")]
    [InlineData("\"- c\"", "'- c'\n")]
    [InlineData("\"a\\tb\\u00e9\"", "\"a\\tb\\xE9\"\n")]
    [InlineData("{}", "{}\n")]
    [InlineData("[]", "[]\n")]
    [InlineData("[1, [2, 3], {\"b\": 1, \"a\": [4]}]", "- 1\n- - 2\n  - 3\n- a:\n  - 4\n  b: 1\n")]
    [InlineData("{\"z\": {\"y\": []}, \"a\": [\"x\"]}", "a:\n- x\nz:\n  y: []\n")]
    public void Section_12_6_a_value_has_the_reference_s_layout(string json, string yaml) =>
        Assert.Equal(yaml, YamlText.Of(JsonNode.Parse(json)));

    [Fact]
    public void What_is_written_is_read_as_the_same_value()
    {
        var text = Gen
            .OneOf(Gen.String, Gen.String[Gen.Char["-?:, []{}#&*!|>'\"%@`~=<.0123456789abeonylt\n\té\u2028\u00a0"], 0, 12])
            .Where(IsWhole);
        var scalar = Gen.OneOf(
            text.Select(value => (JsonNode?)JsonValue.Create(value)),
            Gen.Long.Select(value => (JsonNode?)JsonValue.Create(value)),
            Gen.Double.Where(double.IsFinite).Select(value => JsonNode.Parse(JsonValue.Create(value).ToJsonString())),
            Gen.Bool.Select(value => (JsonNode?)JsonValue.Create(value)),
            Gen.Const((JsonNode?)null));
        var list = scalar.Array[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())]));
        var map = Gen.Select(text, Gen.OneOf(scalar, list)).Array[0, 4].Select(members =>
            (JsonNode?)new JsonObject(
                members.DistinctBy(member => member.Item1).Select(member => KeyValuePair.Create(member.Item1, member.Item2?.DeepClone()))));
        var nested = Gen.OneOf(list, map).Array[0, 3].Select(
            items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())]));

        Gen.OneOf(scalar, list, map, nested).Sample(
            node =>
            {
                var read = YamlDocumentReader.Read(Encoding.UTF8.GetBytes(YamlText.Of(node)));
                Assert.False(read.HasErrors, string.Join("; ", read.Problems) + YamlText.Of(node));
                Assert.True(
                    JsonNode.DeepEquals(node, read.Root), $"{YamlText.Of(node)}\n{node?.ToJsonString()}\n{read.Root?.ToJsonString()}");
            },
            iter: 2000);
    }

    private static bool IsWhole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
}
