namespace Turbulence.Activities;

/// <summary>What an activity would change that has to be taken back, as things are now; or why that cannot be said.</summary>
public sealed record PlannedChange
{
    /// <summary>What it is, in a few words: <c>fault process.kill for 5 s at most</c>; null where that cannot be read.</summary>
    public string? What { get; init; }

    /// <summary>Its kind, for programs: <c>process.kill</c>; null where that cannot be read.</summary>
    public string? Kind { get; init; }

    /// <summary>How long it would stay; null for the end of the run.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>What would happen, in one line; where there is a problem, what its kind does in general. Null where nobody knows.</summary>
    public string? Does { get; init; }

    /// <summary>What it would hit; empty where there is a problem.</summary>
    public IReadOnlyList<PlannedTarget> Targets { get; init; } = [];

    /// <summary>How it would be taken back, in one line; null where there is a problem.</summary>
    public string? Undo { get; init; }

    /// <summary>Whether it could not be taken back, which the experiment allows.</summary>
    public bool IsIrreversible { get; init; }

    /// <summary>Why it would not come to that, in one line; null where it would.</summary>
    public string? Problem { get; init; }

    /// <summary>
    /// Whether the problem may be gone once the run has started its services, or knows all of its values: then it is no refusal.
    /// </summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether the run would fail here.</summary>
    public bool IsRefused => Problem is not null && !IsOpen;
}
