namespace Turbulence.Platform.Processes;

/// <summary>
/// A stream that a reader waits for, who can go on on the thread of somebody else: of one who has just sent what will be answered through
/// it, and has nothing to do until then. So no thread has to be woken for an answer that comes soon:
/// <code>
///   reader ── waits, without a thread ─────────────────────────┐ goes on here ─┐
///   attendant ─ attend ─ send ─ wait on the spot, the answer comes ────────────┴─ has his answer ─ dispose
/// </code>
/// </summary>
public interface IAttendable
{
    /// <summary>Begins to wait in the reader's place, for what is sent from now on.</summary>
    /// <returns>What waits; null where somebody else does already, or the stream is closed.</returns>
    StreamAttendance? Attend();
}
