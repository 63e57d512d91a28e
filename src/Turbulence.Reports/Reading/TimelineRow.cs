using Turbulence.Interruptions;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>What the lines of the timeline say of one activity.</summary>
/// <param name="number">Its number.</param>
/// <param name="phase">The stage that it belongs to.</param>
/// <param name="name">Its name.</param>
internal sealed class TimelineRow(int number, RunPhase phase, string name)
{
    /// <summary>Its number.</summary>
    public int Number => number;

    /// <summary>The stage that it belongs to.</summary>
    public RunPhase Phase => phase;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Which check it belongs to.</summary>
    public int? Iteration { get; init; }

    /// <summary><c>probe</c> or <c>action</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Whether the run went on meanwhile.</summary>
    public bool Background { get; init; }

    /// <summary>When it began.</summary>
    public double Begin { get; init; }

    /// <summary>How it ended; null where it has no end.</summary>
    public ActivityStatus? Status { get; set; }

    /// <summary>How many seconds it took.</summary>
    public double? Duration { get; set; }

    /// <summary>Whether its output is within its tolerance.</summary>
    public bool? ToleranceMet { get; set; }

    /// <summary>What a load has told on its way; null for anything else.</summary>
    public LoadColumns? Load { get; set; }
}
