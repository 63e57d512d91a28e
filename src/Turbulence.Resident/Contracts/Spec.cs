using System.Text.Json;

namespace Turbulence.Resident.Contracts;

/// <summary>How a fault is to be, as whoever sends it in says it. What is not given is null.</summary>
internal sealed class Spec(JsonElement json)
{
    public string? Text(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public double? Number(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    public long? Integer(string name) => (long?)Number(name);

    /// <summary>A time, at most the longest that a timer can wait.</summary>
    public TimeSpan? Seconds(string name) =>
        Number(name) is { } seconds ? TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue / 1000)) : null;

    public bool Flag(string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>Names and their values; none where they are not given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? [.. value.EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.ToString()))]
            : [];
}
