using System.Runtime.InteropServices;
using Turbulence.Platform.Processes;

namespace Turbulence.Runs;

/// <summary>Finds the program <c>chaos</c>, which guards the faults of a run from a process of its own.</summary>
public static class ChaosProgram
{
    /// <summary>The variable that names another file.</summary>
    public const string Variable = "TURBULENCE_CHAOS";

    private static readonly string File = OperatingSystem.IsWindows() ? "chaos.exe" : "chaos";

    /// <summary>
    /// The file that <c>$TURBULENCE_CHAOS</c> names; else the one that the package put beside the calling program; else the one on <c>PATH</c>.
    /// </summary>
    /// <returns>Its command line; empty where there is none.</returns>
    public static IReadOnlyList<string> Find() => Find(Environment.GetEnvironmentVariable, AppContext.BaseDirectory);

    internal static IReadOnlyList<string> Find(Func<string, string?> variable, string beside)
    {
        if (variable(Variable) is { Length: > 0 } named)
        {
            return [Path.GetFullPath(named)];
        }

        string[] carried = [Path.Combine(beside, File), Path.Combine(beside, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", File)];
        return (carried.Select(static file => ExecutableSearch.Find(file)).FirstOrDefault(static file => file is not null)
            ?? ExecutableSearch.Find(File, variable("PATH"))) is { } found ? [Path.GetFullPath(found)] : [];
    }
}
