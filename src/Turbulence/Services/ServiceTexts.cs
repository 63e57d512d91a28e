using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Services;

/// <summary>Reads the texts that describe a service.</summary>
/// <param name="isFinal">Whether every placeholder is replaced by now; otherwise what holds one is not judged.</param>
internal sealed class ServiceTexts(bool isFinal)
{
    /// <summary>
    /// The text of a value; null where it is none. A number or a truth value in the place of a placeholder that is all of a text is that
    /// value's text.
    /// </summary>
    public string? Of(JsonNode? node) => JsonTexts.TryRead(node, out var text) ? text
        : isFinal && node is JsonValue && node.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            ? node.ToJsonString()
            : null;

    /// <summary>Whether what a value says is not known yet.</summary>
    public bool IsOpen(JsonNode? node) => !isFinal && ServicePlaceholders.IsIn(node);

    /// <summary>The same for <c>host:port</c>, where a port of this machine may be a number.</summary>
    public static string OfPlace(JsonNode? node) =>
        JsonNumbers.IsInteger(node) ? node!.ToJsonString() : JsonTexts.TryRead(node, out var written) ? written : "";
}
