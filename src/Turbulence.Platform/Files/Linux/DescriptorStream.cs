using Microsoft.Win32.SafeHandles;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Files.Linux;

/// <summary>
/// Writes to a descriptor where it stands, which others may share, and gives a reader that reads nothing up after a while: a full pipe must
/// not hold a run up.
/// </summary>
/// <param name="file">The descriptor.</param>
/// <param name="what">What it is, for people.</param>
internal sealed unsafe class DescriptorStream(SafeFileHandle file, string what) : SequentialStream
{
    // POSIX: a pipe that is ready takes this much at once (PIPE_BUF).
    private const int AtOnce = 4096;
    private const int PatienceMilliseconds = 5000;
    private const long ReadyToWrite = 4;

    /// <summary>Opens a path for writing. A pipe that nobody has open for reading is an error, not a wait.</summary>
    /// <param name="path">The path.</param>
    /// <param name="flags">What <c>open</c>(2) is told beside that.</param>
    /// <param name="mode">The mode of a new file.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static DescriptorStream Open(string path, int flags, UnixFileMode mode)
    {
        const int NoReader = 6;
        var file = LibC.Open(path, LibC.OpenWriteOnly | LibC.OpenNonBlocking | LibC.OpenCloseOnExec | flags, (int)mode);
        if (!file.IsInvalid)
        {
            return new DescriptorStream(file, path);
        }

        var error = SystemError.Last($"cannot open {path}");
        throw error.ErrorNumber == NoReader ? new IOException($"nobody reads from {path}") : new IOException(error.Message);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            WaitUntilReady();
            nint written;
            fixed (byte* bytes = buffer)
            {
                written = LibC.Write(file, bytes, Math.Min(buffer.Length, AtOnce));
            }

            if (written >= 0)
            {
                buffer = buffer[(int)written..];
            }
            else if (System.Runtime.InteropServices.Marshal.GetLastPInvokeError() is not (LibC.ErrorAgain or LibC.ErrorInterrupted))
            {
                throw new IOException(SystemError.Last($"cannot write to {what}").Message);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void WaitUntilReady()
    {
        var entry = (long)(uint)(int)file.DangerousGetHandle() | (ReadyToWrite << 32);
        if (LibC.Poll(&entry, 1, PatienceMilliseconds) == 0)
        {
            throw new IOException($"nobody reads from {what}");
        }
    }
}
