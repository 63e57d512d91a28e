using System.Text.Json.Nodes;

namespace Turbulence.Loading;

/// <summary>What a YAML scalar means.</summary>
/// <param name="Value">The value; null for YAML's null.</param>
/// <param name="Surprise">What YAML 1.1 makes of it that its writer may not have meant; null for nothing.</param>
/// <param name="Refusal">Why it means nothing; null where it does.</param>
internal readonly record struct YamlScalar(JsonValue? Value, string? Surprise = null, string? Refusal = null)
{
    public static YamlScalar Refused(string refusal) => new(null, Refusal: refusal);
}
