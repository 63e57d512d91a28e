namespace Turbulence.Interruptions;

/// <summary>Why a run was asked to stop.</summary>
/// <param name="Cause">What asked.</param>
/// <param name="Message">One line for people.</param>
/// <param name="KeepFaults">True where the declared rollbacks must not be played (the reference's SIGUSR2).</param>
public sealed record Interruption(InterruptionCause Cause, string Message, bool KeepFaults = false);
