using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Files;

/// <summary>
/// A file that is ours alone for a moment (<c>fcntl</c>(2), <c>F_SETLEASE</c>): nobody else has it open, and whoever opens it meanwhile
/// waits until this is disposed of. Linux only, for the file's owner and root.
/// </summary>
public sealed class WriteLease : IDisposable
{
    private const int SetSignal = 10;
    private const int SetLease = 1024;
    private const int Writing = 1;
    private const int None = 2;

    // What the system sends to the holder when somebody waits would end this program by default; this one is ignored.
    private const int IgnoredSignal = 23;

    private readonly SafeFileHandle file;

    private WriteLease(SafeFileHandle file) => this.file = file;

    /// <summary>Takes it, or not at all; does not wait.</summary>
    /// <param name="file">The file, open for writing.</param>
    /// <returns>The lease; null where somebody else has the file open.</returns>
    /// <exception cref="IOException">The file system knows no leases, or the file is not ours.</exception>
    public static WriteLease? TryTake(SafeFileHandle file)
    {
        _ = LibC.FileControl(file, SetSignal, IgnoredSignal);
        return LibC.FileControl(file, SetLease, Writing) == 0 ? new WriteLease(file)
            : Marshal.GetLastPInvokeError() is LibC.ErrorAgain ? null
            : throw new IOException(SystemError.Last("the file cannot be held against others").Message);
    }

    /// <inheritdoc/>
    public void Dispose() => _ = LibC.FileControl(file, SetLease, None);
}
