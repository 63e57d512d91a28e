using System.Text.Json.Nodes;

namespace Turbulence.Documents;

/// <summary>What came of reading a text as JSON or YAML.</summary>
/// <param name="Value">The value; null for a document that is empty or a lone null, and where reading failed.</param>
/// <param name="Failure">Why the text could not be read, in one line that does not repeat its content; null when it could.</param>
public readonly record struct ParsedText(JsonNode? Value, string? Failure = null);
