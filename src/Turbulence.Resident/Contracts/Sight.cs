using System.Text.Json;

namespace Turbulence.Resident.Contracts;

/// <summary>What is seen of a fault from the inside.</summary>
/// <param name="IsEffective">Whether it is in effect.</param>
/// <param name="Text">What was seen, for people, in one line.</param>
/// <param name="Hits">What it has hit, where it can be counted.</param>
internal readonly record struct Sight(bool IsEffective, string Text, long? Hits = null)
{
    /// <summary>Writes more than that, for programs.</summary>
    public Action<Utf8JsonWriter>? More { get; init; }
}
