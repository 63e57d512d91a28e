using System.Text.Json.Nodes;
using CsCheck;

namespace Turbulence.Tests.Experiments.Loading;

/// <summary>Generated documents and texts.</summary>
internal static class Documents
{
    /// <summary>Texts of any characters that both notations can hold, surrogate pairs included.</summary>
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Char[' ', '~'].Array[0, 12].Select(characters => new string(characters)),
        Gen.OneOf('\n', '\t', '"', '\'', '\\', ':', '#', '-', 'é', '\u2028', '\0', '\u007F', '한').Array[0, 8].Select(
            characters => new string(characters)),
        Gen.OneOf("yes", "010", "1:30", "~", "<<", "2024-01-02", "😀", "", " ", "null", "=", "*a", "&a"));

    private static readonly Gen<JsonNode?> Scalar = Gen.OneOf<JsonNode?>(
        Text.Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Long.Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Int[-10, 10].Select(number => (JsonNode?)JsonValue.Create((long)number)),
        Gen.Decimal[-1000m, 1000m].Select(number => (JsonNode?)JsonValue.Create(decimal.Round(number, 3) + 0.0005m)),
        Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag)),
        Gen.Const((JsonNode?)null));

    /// <summary>Documents of up to five levels.</summary>
    public static Gen<JsonNode?> Any { get; } = Level(5);

    /// <summary>Texts made of pieces that mean something to a parser.</summary>
    public static Gen<string> Of(params string[] pieces) => Gen.OneOf(pieces).Array[0, 40].Select(string.Concat);

    private static Gen<JsonNode?> Level(int depth) => depth == 0
        ? Scalar
        : Gen.Frequency(
            (2, Scalar),
            (2, Level(depth - 1).Array[0, 4].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())]))),
            (3, Gen.Select(Text, Level(depth - 1)).Array[0, 4].Select(Members)));

    private static JsonObject? Members((string Name, JsonNode? Value)[] members) =>
        new(members.DistinctBy(member => member.Name).Select(member => KeyValuePair.Create(member.Name, member.Value?.DeepClone())));
}
