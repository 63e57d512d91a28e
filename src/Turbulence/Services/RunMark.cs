using Turbulence.Platform.Processes;

namespace Turbulence.Services;

/// <summary>
/// Marks every process that comes from a run, by a variable in its environment. A program that was started by a rollback
/// and has left its parent is recognised by it.
/// </summary>
public static class RunMark
{
    /// <summary>The variable's name.</summary>
    public const string Variable = "TURBULENCE_RUN";

    /// <summary>The name of the variable that marks what one start of a service started.</summary>
    internal const string ServiceVariable = "TURBULENCE_SERVICE";

    /// <summary>The mark of this process, which everything that it starts inherits; null where it has none.</summary>
    public static string? Current => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } mark ? mark : null;

    /// <summary>Marks this process, and so all that it starts from now on. For a process that makes one run, as the command does.</summary>
    public static void MarkThisProcess() => Environment.SetEnvironmentVariable(Variable, Guid.NewGuid().ToString("n"));

    /// <summary>Whether <paramref name="process"/> comes from the run that marked this process.</summary>
    internal static bool IsOurs(int process) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } mark
        && ProcessTable.Environment(process)?.GetValueOrDefault(Variable) == mark;

    /// <summary>Whether <paramref name="process"/> comes from the start of a service that <paramref name="mark"/> marks.</summary>
    internal static bool IsOfService(int process, string mark) => ProcessTable.Environment(process)?.GetValueOrDefault(ServiceVariable) == mark;
}
