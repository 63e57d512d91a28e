using Turbulence.Platform.Processes;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Tests.Processes;

/// <summary>Ignores SIGCHLD in this process until it is disposed of.</summary>
internal sealed unsafe class IgnoredChildSignal : IDisposable
{
    private readonly nint[] before = new nint[64];

    public IgnoredChildSignal()
    {
        var ignore = stackalloc nint[64];
        *ignore = 1;
        fixed (nint* old = before)
        {
            Assert.Equal(0, LibC.SignalAction((int)PosixSignalNumber.Child, ignore, old));
        }
    }

    public void Dispose()
    {
        fixed (nint* old = before)
        {
            Assert.Equal(0, LibC.SignalAction((int)PosixSignalNumber.Child, old, null));
        }
    }
}
