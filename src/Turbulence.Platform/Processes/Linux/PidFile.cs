using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>
/// A file descriptor that stands for one process (<c>pidfd_open</c>(2), Linux 5.3): it becomes readable when the process ends, and never
/// stands for another process that got the same id.
/// </summary>
internal static class PidFile
{
    // The C library has these functions only since glibc 2.36; the numbers are the same on every architecture.
    private const int OpenNumber = 434;
    private const int SendSignalNumber = 424;
    private const int ToProcessGroup = 4;

    public static bool TryOpen(
        int process, [NotNullWhen(true)] out SafeFileHandle? file, [NotNullWhen(false)] out ProcessStartFailure? failure)
    {
        var number = LibC.SystemCall(OpenNumber, process, 0, 0, 0);
        file = number < 0 ? null : new SafeFileHandle((nint)number, ownsHandle: true);
        failure = file is null ? SystemError.Last($"cannot watch process {process}") : null;
        return file is not null;
    }

    public static bool Signal(SafeFileHandle file, PosixSignalNumber signal) => Send(file, signal, 0);

    /// <summary>Signals the group that the process leads, even when the process itself has ended. Linux 6.9; EINVAL before.</summary>
    public static bool SignalGroup(SafeFileHandle file, PosixSignalNumber signal) => Send(file, signal, ToProcessGroup);

    private static bool Send(SafeFileHandle file, PosixSignalNumber signal, int flags)
    {
        var added = false;
        try
        {
            file.DangerousAddRef(ref added);
            return LibC.SystemCall(SendSignalNumber, file.DangerousGetHandle(), (int)signal, 0, flags) == 0;
        }
        finally
        {
            if (added)
            {
                file.DangerousRelease();
            }
        }
    }
}
