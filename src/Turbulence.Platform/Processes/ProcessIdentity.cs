namespace Turbulence.Platform.Processes;

/// <summary>
/// Names one process, once and for all until the system restarts: ids are used again, an id together with a start time is not. This is what
/// a record on disk keeps of a process that is to be signalled later.
/// </summary>
/// <param name="Id">The process id.</param>
/// <param name="StartTime">When it was started: clock ticks since the system's start (proc(5), field 22 of <c>stat</c>); 0 where that is
/// not known.</param>
public readonly record struct ProcessIdentity(int Id, long StartTime)
{
    /// <summary>Whether this very process still runs.</summary>
    /// <exception cref="IOException">The system cannot say, for want of open files or memory.</exception>
    public bool IsAlive => ProcessTable.Find(Id) is { IsAlive: true } status && status.StartTime == StartTime;

    /// <summary>The same; true where the system cannot say.</summary>
    public bool MayBeAlive
    {
        get
        {
            try
            {
                return IsAlive;
            }
            catch (IOException)
            {
                return true;
            }
        }
    }
}
