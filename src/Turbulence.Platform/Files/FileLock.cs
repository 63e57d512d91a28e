using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Files;

/// <summary>
/// An exclusive hold on a lock file (<c>flock</c>(2)), among all processes of the machine and within this one. It is freed with its
/// holder, however that ends. .NET's own <c>FileShare.None</c> can be switched off by an environment variable, this cannot.
/// </summary>
public sealed class FileLock : IDisposable
{
    private const int Exclusive = 2;
    private const int DoNotWait = 4;
    private const int Unlock = 8;

    private readonly IDisposable held;

    private FileLock(IDisposable held) => this.held = held;

    /// <summary>Takes the lock, or not at all; does not wait.</summary>
    /// <param name="path">The lock file; it is made where it is not there, for its owner alone, and no link is followed.</param>
    /// <returns>The lock; null where somebody else has it.</returns>
    /// <exception cref="IOException">The file cannot be made or locked.</exception>
    public static FileLock? TryTake(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return TryOpenAlone(path);
        }

        var file = LibC.Open(path, LibC.OpenReadWrite | LibC.OpenCreate | LibC.OpenCloseOnExec | LibC.OpenNoLink, 0b110_000_000);
        if (file.IsInvalid)
        {
            throw new IOException(SystemError.Last($"cannot open the lock {path}").Message);
        }

        while (LibC.LockFile(file, Exclusive | DoNotWait) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == LibC.ErrorInterrupted)
            {
                continue;
            }

            file.Dispose();
            return error == LibC.ErrorAgain ? null : throw new IOException(SystemError.Of(error, $"cannot lock {path}").Message);
        }

        return new FileLock(file);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Closing alone would leave it to a process that is just being started, which has a copy of the descriptor until it runs its own
        // program.
        if (held is SafeFileHandle { IsClosed: false } file)
        {
            _ = LibC.LockFile(file, Unlock);
        }

        held.Dispose();
    }

    private static FileLock? TryOpenAlone(string path)
    {
        const int SharingViolation = unchecked((int)0x80070020);
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException failure) when (failure.HResult is SharingViolation or 35)
        {
            return null;
        }
    }
}
