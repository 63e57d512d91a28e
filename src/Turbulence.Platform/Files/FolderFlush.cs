using Turbulence.Platform.Files.Linux;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Files;

/// <summary>Makes the names in a folder outlast a power loss; .NET can flush what a file holds, not that it is there.</summary>
public static class FolderFlush
{
    /// <summary>
    /// Returns when every file that was made, renamed or deleted in the folder so far is so on the disk (<c>fsync</c>(2) of the folder).
    /// Windows does this with each such call, and here it does nothing.
    /// </summary>
    /// <exception cref="IOException">The folder is not there, or the disk reports an error.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = LibC.Open(folder, LibC.OpenReadOnly | (OperatingSystem.IsLinux() ? LibC.OpenCloseOnExec : 0), 0);
        if (handle.IsInvalid || FileCalls.Flush(handle) != 0)
        {
            throw new IOException(SystemError.Last($"cannot flush the folder {folder}").Message);
        }
    }
}
