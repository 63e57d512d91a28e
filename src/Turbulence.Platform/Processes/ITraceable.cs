namespace Turbulence.Platform.Processes;

/// <summary>
/// A stream to another process, whose writer can find out what the other side has not read yet: what was never read was never begun, and
/// may be asked of somebody else.
/// </summary>
public interface ITraceable
{
    /// <summary>
    /// The most that the other side can have read by now, in bytes since the stream was opened. It is never too small: all that stands
    /// behind it is unread. Where that cannot be found out (the stream is closed), it is all that was written.
    /// </summary>
    long MostRead { get; }
}
