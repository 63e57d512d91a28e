namespace Turbulence.Platform.Processes;

/// <summary>
/// Somebody waits in the place of a stream's reader until this is disposed of (<see cref="IAttendable"/>). For one thread.
/// </summary>
public abstract class StreamAttendance : IDisposable
{
    private protected StreamAttendance()
    {
    }

    /// <summary>Waits for the stream on the spot; what comes is read by its reader, on this thread, until that waits again.</summary>
    /// <param name="longest">How long at most. Nothing can end this waiting, so it is to be short.</param>
    /// <returns>Whether something came and the reader took it.</returns>
    public abstract bool ReadNext(TimeSpan longest);

    /// <summary>Leaves the waiting to the reader again.</summary>
    public abstract void Dispose();
}
