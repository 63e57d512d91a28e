using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Files;

/// <summary>Opens regular files such that only what is asked for happens to them. Linux only.</summary>
public static class PlainFile
{
    private const int SeekData = 3;
    private const int SeekHole = 4;

    /// <summary>
    /// Opens a file that is there: no link is followed, and where the system lets us (we own it, or are root) reading leaves the time of
    /// the last access alone.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Whether it is written to as well.</param>
    /// <param name="append">Whether whatever is written goes to its end, also where others write at the same time.</param>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">We may not.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle Open(string path, bool write = false, bool append = false)
    {
        // A pipe in its place would be waited for without end.
        if (FileStatus.Find(path) is { Type: not FileNodeType.File } other)
        {
            throw new IOException($"{path} is not a regular file, but of the type {other.Type}");
        }

        var flags = (write || append
            ? LibC.OpenReadWrite
            : LibC.OpenReadOnly) | (append ? LibC.OpenAppend : 0) | LibC.OpenNoLink | LibC.OpenCloseOnExec;
        var file = LibC.Open(path, flags | LibC.OpenKeepAccessTime, 0);
        if (file.IsInvalid && Marshal.GetLastPInvokeError() == LibC.ErrorNotPermitted)
        {
            file = LibC.Open(path, flags, 0);
        }

        if (!file.IsInvalid)
        {
            return file;
        }

        var error = Marshal.GetLastPInvokeError();
        var problem = SystemError.Of(error, $"cannot open {path}").Message;
        throw error == LibC.ErrorNoEntry ? new FileNotFoundException(problem)
            : Absence.IsForbidden(error) ? new UnauthorizedAccessException(problem)
            : new IOException(problem, error);
    }

    /// <summary>
    /// Gives a file another name; the file itself is then reached by both, whatever becomes of the first (<c>link</c>(2)).
    /// </summary>
    /// <returns>Whether that could be done; false where the file system knows no second names, or there is something of that
    /// name.</returns>
    public static bool TryLink(string path, string name) => OperatingSystem.IsLinux() && Linux.FileCalls.Link(path, name) == 0;

    /// <summary>
    /// The parts of a file that take room, in rising order; the rest are holes, which read as zeros. One part where the file system knows
    /// no holes.
    /// </summary>
    /// <param name="file">The open file; where it stands in it changes.</param>
    /// <exception cref="IOException">The system cannot say.</exception>
    public static IReadOnlyList<FileRange> Data(SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        List<FileRange> ranges = [];
        for (var end = 0L; end < length;)
        {
            var start = LibC.Seek(file, end, SeekData);
            if (start < 0)
            {
                const int NothingMore = 6;
                return Marshal.GetLastPInvokeError() == NothingMore
                    ? ranges
                    : throw new IOException(SystemError.Last("cannot find the holes of a file").Message);
            }

            var hole = LibC.Seek(file, start, SeekHole);
            end = hole < 0 ? length : Math.Min(hole, length);
            if (start < end)
            {
                ranges.Add(new FileRange(start, end));
            }
            else
            {
                break;
            }
        }

        return ranges;
    }
}
