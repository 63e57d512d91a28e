using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Threads;

/// <summary>Gives threads precedence; on Linux .NET's own <c>Thread.Priority</c> does nothing.</summary>
public static class ThreadUrgency
{
    private const int OfProcess = 0;
    private const int CallingThread = 0;
    private const int Urgent = -10;

    /// <summary>
    /// Lets the calling thread go first when processors are scarce (<c>setpriority</c>(2), which on Linux is about one thread). Without the
    /// right to do so, and elsewhere than on Linux, nothing changes. Threads and processes that it starts from now on inherit it.
    /// </summary>
    /// <returns>Whether it was done.</returns>
    public static bool Raise() => OperatingSystem.IsLinux() && LibC.SetPriority(OfProcess, CallingThread, Urgent) == 0;
}
