using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Documents;

namespace Turbulence.Tests.Values;

/// <summary>Short ways to write JSON in these tests.</summary>
internal static class Json
{
    private static readonly Gen<string> Key = Gen.String[Gen.OneOf(Gen.Char["ab_$ {}-"], Gen.Char), 0, 6];

    /// <summary>Texts that are rich in placeholders and in characters that somebody quotes.</summary>
    public static Gen<string> Texts { get; } = Gen.OneOf(
        Gen.String,
        Gen.OneOf("$", "$$", "${", "}", "${a}", "$a", "${b}", "${none}", "${a-b}", "a", " ", "\ud800", "é", "'").Array[0, 8].Select(
            string.Concat));

    /// <summary>Any JSON value.</summary>
    public static Gen<JsonNode?> Any { get; } = Gen.Recursive<JsonNode?>((depth, self) =>
    {
        var scalar = Gen.OneOf(
            Gen.Const((JsonNode?)null),
            Gen.Bool.Select(value => (JsonNode?)value),
            Gen.Long.Select(value => (JsonNode?)value),
            Gen.Double.Where(double.IsFinite).Select(value => (JsonNode?)value),
            Texts.Select(value => (JsonNode?)value));
        return depth == 4 ? scalar : Gen.OneOf(
            scalar,
            self.Array[0, 4].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
            Gen.Select(Key, self).Array[0, 4].Select(members =>
            {
                var map = new JsonObject();
                foreach (var (key, value) in members)
                {
                    map[key] = value?.DeepClone();
                }

                return (JsonNode?)map;
            }));
    });

    public static JsonNode? Of(string json) => JsonNode.Parse(json);

    public static JsonObject Map(string json) => JsonNode.Parse(json)!.AsObject();

    public static ProblemList NoProblems() => new(new DocumentMap());

    public static void Same(string expected, JsonNode? actual)
    {
        Assert.Equal(JsonNode.Parse(expected)?.ToJsonString() ?? "null", actual?.ToJsonString() ?? "null");
    }
}
