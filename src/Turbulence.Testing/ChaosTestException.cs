using Turbulence.Events;

namespace Turbulence.Testing;

/// <summary>An experiment has not passed.</summary>
/// <param name="message">The title and the verdict, the reasons, what users felt, and where journal and report are; several lines.</param>
/// <param name="outcome">How it ended; null where it was refused, and nothing was run.</param>
public sealed class ChaosTestException(string message, RunOutcome? outcome) : Exception(message)
{
    /// <summary>How it ended; null where it was refused, and nothing was run.</summary>
    public RunOutcome? Outcome { get; } = outcome;
}
