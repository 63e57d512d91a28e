namespace Turbulence.Platform.Processes.Linux;

/// <summary>SIGCHLD, which some parents leave ignored for us. While it is, the system throws away how our children ended.</summary>
internal static unsafe class ChildSignal
{
    // struct sigaction begins with the handler on every architecture that .NET runs on, and is smaller than this.
    private const int StructureSize = 512;
    private const nint Default = 0;
    private const nint Ignored = 1;

    /// <summary>Gives the signal back its default meaning, if it is ignored. A handler stays.</summary>
    public static void StopIgnoring()
    {
        var action = stackalloc nint[StructureSize / sizeof(nint)];
        if (LibC.SignalAction((int)PosixSignalNumber.Child, null, action) == 0 && *action == Ignored)
        {
            *action = Default;
            _ = LibC.SignalAction((int)PosixSignalNumber.Child, action, null);
        }
    }
}
