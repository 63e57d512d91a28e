namespace Turbulence.Platform.Processes;

/// <summary>Why a process could not be started or opened.</summary>
/// <param name="ErrorNumber">The system's error number (<c>errno</c>); 0 where the system was not asked.</param>
/// <param name="Message">One line: what could not be done, and the system's words for why.</param>
public sealed record ProcessStartFailure(int ErrorNumber, string Message)
{
    /// <summary>Whether the process is not there (<c>ESRCH</c>, <c>ENOENT</c>). Any other failure says nothing about that.</summary>
    public bool IsGone => Linux.Absence.IsGone(ErrorNumber);
}
