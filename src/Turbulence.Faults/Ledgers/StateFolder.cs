using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Ledgers;

/// <summary>Where the ledger of this user on this machine is.</summary>
public static class StateFolder
{
    /// <summary>The variable that names another folder.</summary>
    public const string Variable = "TURBULENCE_STATE";

    /// <summary>
    /// <c>$TURBULENCE_STATE</c>, else <c>$XDG_STATE_HOME/turbulence</c> (where that is an absolute path, as the XDG base directory
    /// specification demands), else <c>~/.local/state/turbulence</c>. It is the same folder wherever a command is given: a home that is no
    /// absolute path is none, and who has no home at all has <c>/tmp/turbulence-USER</c>.
    /// </summary>
    public static string Find() => Find(Environment.GetEnvironmentVariable);

    /// <summary>The same for other variables.</summary>
    internal static string Find(Func<string, string?> variable) =>
        variable(Variable) is { Length: > 0 } own ? Path.GetFullPath(own)
        : variable("XDG_STATE_HOME") is { Length: > 0 } states && Path.IsPathFullyQualified(states) ? Path.Combine(states, "turbulence")
        : HomeDirectory.Find() is { } home ? Path.Combine(home, ".local", "state", "turbulence")
        : Path.Combine(OperatingSystem.IsWindows() ? Path.GetTempPath() : "/tmp", $"turbulence-{Environment.UserName}");
}
