using System.Text.Json;

namespace Turbulence.Faults.Residents;

/// <summary>What the resident of a fault answered.</summary>
/// <param name="Problem">Why it did not do it, in one line; null where it did.</param>
internal sealed record DoorAnswer(string? Problem)
{
    /// <summary>There is nobody: it has let go of everything, or was never there.</summary>
    public static DoorAnswer NoDoor { get; } = new("nothing of it is inside any more: it has let go by itself, or never came in")
    {
        IsGone = true,
    };

    /// <summary>Whether there is nobody.</summary>
    public bool IsGone { get; private init; }

    /// <summary>Whether the fault is in effect, as it looks from the inside.</summary>
    public bool IsEffective { get; private init; }

    /// <summary>What was seen, for people.</summary>
    public string Text { get; private init; } = "";

    /// <summary>What it has hit, where that is counted.</summary>
    public long? Hits { get; private init; }

    /// <summary>What there is beyond that; undefined for nothing.</summary>
    public JsonElement More { get; private init; }

    /// <summary>It did not do it.</summary>
    public static DoorAnswer Refused(string problem) => new(problem);

    /// <summary>Reads one.</summary>
    public static DoorAnswer Of(JsonElement json) =>
        json.ValueKind != JsonValueKind.Object ? Refused("what is inside gave an answer that nobody understands")
        : new(Member(json, "problem"))
        {
            IsEffective = json.TryGetProperty("effective", out var effective) && effective.ValueKind == JsonValueKind.True,
            Text = Member(json, "text") ?? "",
            Hits = json.TryGetProperty("hits", out var hits) && hits.TryGetInt64(out var count) ? count : null,
            More = json.TryGetProperty("more", out var more) ? more : default,
        };

    private static string? Member(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
