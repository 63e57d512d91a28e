using System.Text.Json.Nodes;

namespace Turbulence.Values;

/// <summary>What came of turning a value into a declared type.</summary>
/// <param name="Value">The value; null where there is none and where it is a JSON null.</param>
/// <param name="Failure">Why there is no value, in one line; null when all is well.</param>
/// <param name="Warning">What somebody should know about the value all the same; null for nothing.</param>
internal readonly record struct ConvertedValue(JsonNode? Value, string? Failure = null, string? Warning = null);
