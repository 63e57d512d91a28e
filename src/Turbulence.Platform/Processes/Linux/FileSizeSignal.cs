namespace Turbulence.Platform.Processes.Linux;

/// <summary>
/// SIGXFSZ, which ends a process that writes above its limit of file sizes. Ignored, the write fails with EFBIG, an error like a full disk.
/// Children get the signal's default meaning back, as that of all signals.
/// </summary>
internal static unsafe class FileSizeSignal
{
    // struct sigaction begins with the handler on every architecture that .NET runs on, and is smaller than this.
    private const int StructureSize = 512;
    private const int Number = 25;
    private const nint Ignored = 1;

    /// <summary>Ignores the signal from now on.</summary>
    public static void Ignore()
    {
        var action = stackalloc nint[StructureSize / sizeof(nint)];
        new Span<nint>(action, StructureSize / sizeof(nint)).Clear();
        *action = Ignored;
        _ = LibC.SignalAction(Number, action, null);
    }
}
