using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Turbulence.DotNetWorker.Protocol;

namespace Turbulence.DotNetWorker.Values;

/// <summary>
/// How records and classes stand in JSON: names in camel case, enums by name, time spans as .NET writes them, not-a-number as text.
/// </summary>
internal static class JsonValues
{
    /// <summary>For arguments: a name that the type does not have, or a needed one that is missing, is an error.</summary>
    public static JsonSerializerOptions Arguments { get; } = Make(JsonUnmappedMemberHandling.Disallow);

    /// <summary>For outputs, and for what a control is shown: more names than the type has do not matter.</summary>
    public static JsonSerializerOptions Objects { get; } = Make(JsonUnmappedMemberHandling.Skip);

    /// <summary>The value as nodes that can be changed; null for null.</summary>
    public static JsonNode? ToNode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        _ => JsonValue.Create(value),
    };

    private static JsonSerializerOptions Make(JsonUnmappedMemberHandling unmapped) => new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = unmapped,
        RespectRequiredConstructorParameters = true,
        MaxDepth = JsonText.Depth,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new DurationConverter(), new TupleConverter() },
    };
}
