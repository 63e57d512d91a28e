using Microsoft.Win32.SafeHandles;
using Turbulence.Platform.Files.Linux;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Files;

/// <summary>A time of a file, as exactly as Linux keeps it; .NET's own times end at a tenth of a microsecond.</summary>
/// <param name="Seconds">Seconds since 1970.</param>
/// <param name="Nanoseconds">What comes to it, 0 to 999999999.</param>
public readonly record struct FileMoment(long Seconds, uint Nanoseconds)
{
    /// <summary>Gives an open file its times (<c>futimens</c>(3)). Linux only.</summary>
    /// <param name="file">The file.</param>
    /// <param name="accessed">When it was read last.</param>
    /// <param name="modified">When its bytes were changed last.</param>
    /// <exception cref="IOException">That is not permitted: it takes the file's owner.</exception>
    public static unsafe void Set(SafeFileHandle file, FileMoment accessed, FileMoment modified)
    {
        var times = stackalloc long[] { accessed.Seconds, accessed.Nanoseconds, modified.Seconds, modified.Nanoseconds };
        if (FileCalls.SetTimes(file, times) != 0)
        {
            throw new IOException(SystemError.Last("cannot set the times of a file").Message);
        }
    }
}
