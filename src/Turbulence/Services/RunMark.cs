using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Services;

/// <summary>
/// Marks every process that comes from a run, by a variable in its environment. A program that was started by a rollback and has left its
/// parent is recognised by it. Until a process executes its program it has the environment of who started it, and is marked by its name.
/// </summary>
public static class RunMark
{
    /// <summary>The name of the variable that marks what one start of a service started.</summary>
    internal const string ServiceVariable = "TURBULENCE_SERVICE";

    /// <summary>A mark that no other run has.</summary>
    public static string New() => Guid.NewGuid().ToString("n");

    /// <summary>Whether <paramref name="process"/> comes from the run that <paramref name="mark"/> marks; null marks none.</summary>
    public static bool IsOf(int process, string? mark) =>
        mark is not null && (ProcessTable.Find(process)?.Name == RunEnvironment.NameOf(mark)
            || ProcessTable.SettledEnvironment(process)?.GetValueOrDefault(RunEnvironment.MarkVariable) == mark);

    /// <summary>Whether <paramref name="process"/> comes from the start of a service that <paramref name="mark"/> marks.</summary>
    internal static bool IsOfService(int process, string mark) =>
        ProcessTable.Environment(process)?.GetValueOrDefault(ServiceVariable) == mark;
}
