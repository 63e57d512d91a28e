using Turbulence.Interruptions;

namespace Turbulence.Cli.Lines;

/// <summary>What is said when something asks a run to stop.</summary>
internal static class InterruptionLines
{
    /// <summary>How the message of a termination signal ends; its beginning is the signal's name.</summary>
    public const string SignalReceived = " signal received";

    /// <summary>The lines of <paramref name="interruption"/>.</summary>
    public static IEnumerable<Line> Of(Interruption interruption)
    {
        switch (interruption.Cause)
        {
            case InterruptionCause.Keyboard:
                yield return Line.Warning("Received a termination signal (Ctrl-C)...");
                break;
            case InterruptionCause.Termination:
                if (interruption.Message.EndsWith(SignalReceived, StringComparison.Ordinal))
                {
                    yield return Line.Warning(
                        $"Caught {interruption.Message[..^SignalReceived.Length]} signal, interrupting experiment now");
                }

                yield return Line.Critical(interruption.Message);
                break;
            case InterruptionCause.ExitSignal:
                yield return Line.Warning(interruption.Message);
                break;
            default:
                yield return Line.Critical(interruption.Message);
                break;
        }
    }
}
