using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Processes;

/// <summary>What the system does to us when the process that started us dies.</summary>
public static class ParentDeath
{
    private const nint SetParentDeathSignal = 1;

    /// <summary>
    /// Lets the system send us a signal when our parent ends (<c>prctl</c>(2), <c>PR_SET_PDEATHSIG</c>), also while we are stopped. It may
    /// come earlier as well, with the end of the thread that started us, so it has to be one that does no harm. Linux only; elsewhere
    /// nothing is done.
    /// </summary>
    /// <returns>Whether it was done.</returns>
    public static bool SendUs(PosixSignalNumber signal) =>
        OperatingSystem.IsLinux() && LibC.ProcessControl(SetParentDeathSignal, (nint)(int)signal, 0, 0, 0) == 0;
}
