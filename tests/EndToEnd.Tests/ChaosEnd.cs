using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>How a <c>chaos</c> command ended, and what it printed.</summary>
internal sealed record ChaosEnd(ProcessExitStatus Status, string Output, string Complaints)
{
    /// <summary>Everything: the lines of a run, or what else was asked for, and then the complaints.</summary>
    public string Said => Output + Complaints;

    public int ExitCode => Status.ReturnCode;

    public string[] Lines => Said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
