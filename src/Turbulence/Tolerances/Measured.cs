using System.Text.Json.Nodes;
using Turbulence.Values;

namespace Turbulence.Tolerances;

/// <summary>The part of a probe's output that a tolerance is about.</summary>
/// <param name="Name">What people call it: <c>status of the response</c>.</param>
/// <param name="Value">Its value.</param>
/// <param name="Mask">Takes the secrets out of what is said of it.</param>
internal readonly record struct Measured(string Name, JsonNode? Value, SecretMask Mask)
{
    /// <summary>The same value, with a note for people on how it was looked at.</summary>
    public Measured Noting(string note) => this with { Name = $"{Name} ({note})" };
}
