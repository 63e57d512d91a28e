using Turbulence.Interruptions;

namespace Turbulence.Cli.Mcp.Tools;

/// <summary>A call that its client cancels, as the engine knows it.</summary>
internal static class Cancellation
{
    /// <summary>Lets a cancelled call ask for the end.</summary>
    public static CancellationTokenRegistration Of(RunStop stop, CancellationToken call) => call.Register(
        () => stop.RequestOnce(new Interruption(InterruptionCause.Termination, "The client has cancelled the call, or is gone")));
}
