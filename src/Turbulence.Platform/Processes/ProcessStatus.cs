namespace Turbulence.Platform.Processes;

/// <summary>One line of the process table, as it was when it was read.</summary>
/// <param name="Id">The process id.</param>
/// <param name="Name">The program's short name, at most 15 characters.</param>
/// <param name="State">One letter of proc(5): <c>R</c> running, <c>S</c> sleeping, <c>D</c> in the system, <c>T</c> stopped, <c>Z</c> ended
/// but not yet reaped.</param>
/// <param name="ParentId">The parent's process id.</param>
/// <param name="GroupId">The process group.</param>
/// <param name="SessionId">The session.</param>
/// <param name="StartTime">When it was started: clock ticks since the system's start.</param>
public sealed record ProcessStatus(int Id, string Name, char State, int ParentId, int GroupId, int SessionId, long StartTime)
{
    /// <summary>How many threads it has; 0 or 1 once it has ended.</summary>
    public int Threads { get; init; }

    /// <summary>Whether a signal is just ending it, be it that it is not gone yet.</summary>
    public bool IsEndedBySignal { get; init; }

    /// <summary>
    /// Whether it still runs: not ended, even if its parent has not yet asked for its status. One whose first thread has ended runs until
    /// the last one has, and holds its files and ports until then.
    /// </summary>
    public bool IsAlive => State is not ('Z' or 'X' or 'x') || Threads > 1;

    /// <summary>Names the process for later.</summary>
    public ProcessIdentity Identity => new(Id, StartTime);
}
