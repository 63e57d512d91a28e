using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Json;

/// <summary>Tells the kinds of JSON values apart as the reference runner's language does.</summary>
internal static class JsonKinds
{
    /// <summary>Whether the value is true or false.</summary>
    public static bool IsBoolean(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() is (JsonValueKind.True or JsonValueKind.False);

    /// <summary>What kind of value it is, for a message: <c>a map</c>.</summary>
    public static string Kind(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "a map",
        JsonArray => "a list",
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "null",
            _ => "a boolean",
        },
    };
}
