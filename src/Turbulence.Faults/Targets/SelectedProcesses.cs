using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Targets;

/// <summary>The processes that a fault's arguments mean, or why there are none.</summary>
/// <param name="Processes">The processes; at least one where there is no problem.</param>
/// <param name="Ready">The URL that says when the service is ready, where a service was named that has one.</param>
/// <param name="Problem">Why there are none, in one line; null where there are some.</param>
internal sealed record SelectedProcesses(IReadOnlyList<ProcessStatus> Processes, Uri? Ready, string? Problem)
{
    public static SelectedProcesses Refused(string problem) => new([], null, problem);
}
