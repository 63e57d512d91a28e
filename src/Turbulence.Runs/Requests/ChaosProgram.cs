using Turbulence.Hosts.DotNet;
using Turbulence.Platform.Processes;

namespace Turbulence.Runs.Requests;

/// <summary>Finds the program <c>chaos</c>, which guards the faults of a run from a process of its own.</summary>
public static class ChaosProgram
{
    /// <summary>The variable that names another file: a program, or a <c>chaos.dll</c>.</summary>
    public const string Variable = "TURBULENCE_CHAOS";

    private const string Portable = "chaos.dll";

    private static readonly string Native = OperatingSystem.IsWindows() ? "chaos.exe" : "chaos";

    /// <summary>
    /// The file that <c>$TURBULENCE_CHAOS</c> names; else the one that the package put into the folder <c>chaos</c> beside the calling
    /// program; else the one on <c>PATH</c>.
    /// </summary>
    /// <returns>Its command line; empty where there is none.</returns>
    public static IReadOnlyList<string> Find() => Find(Environment.GetEnvironmentVariable, AppContext.BaseDirectory);

    internal static IReadOnlyList<string> Find(Func<string, string?> variable, string beside)
    {
        var folder = Path.Combine(beside, "chaos");
        return variable(Variable) is { Length: > 0 } named ? Command(Path.GetFullPath(named), variable)
            : ExecutableSearch.Find(Path.Combine(folder, Native)) is { } native ? [native]
            : Path.Combine(folder, Portable) is var portable
                && File.Exists(portable)
                && Command(portable, variable) is { Count: > 0 } command ? command
            : ExecutableSearch.Find(Native, variable("PATH")) is { } found ? [Path.GetFullPath(found)]
            : [];
    }

    // The portable files need the host that programs of .NET are started with.
    private static IReadOnlyList<string> Command(string file, Func<string, string?> variable) =>
        !file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? [file]
        : DotNetCommand.Find(variable) is { } host ? [host, file]
        : [];
}
