using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Targets;

/// <summary>The processes that a fault's arguments mean, or why there are none.</summary>
/// <param name="Processes">The processes; at least one where there is no problem.</param>
/// <param name="Ready">The URL that says when the service is ready, where a service was named that has one.</param>
/// <param name="Problem">Why there are none, in one line; null where there are some.</param>
internal sealed record SelectedProcesses(IReadOnlyList<ProcessStatus> Processes, Uri? Ready, string? Problem)
{
    /// <summary>What the arguments mean as well and is never hit, in words for the plan; empty for nothing.</summary>
    public string Spared { get; init; } = "";

    public static SelectedProcesses Refused(string problem) => new([], null, problem);
}
