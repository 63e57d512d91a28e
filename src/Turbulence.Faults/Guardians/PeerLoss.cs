namespace Turbulence.Faults.Guardians;

/// <summary>How a process at the other end of a pipe was lost.</summary>
/// <param name="Text">Why it is, in one line without its end.</param>
/// <param name="IsEnd"> Whether it has come to its end, and is not only silent. The system closes the pipe of one that is killed a moment
/// before it calls the process dead.
/// </param>
internal sealed record PeerLoss(string Text, bool IsEnd);
