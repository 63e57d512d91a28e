using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>How a <c>chaos</c> command ended, and what it printed.</summary>
internal sealed record ChaosEnd(ProcessExitStatus Status, string Output, string Error)
{
    public int ExitCode => Status.ReturnCode;

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
