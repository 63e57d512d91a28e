using System.Globalization;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Targets;

/// <summary>
/// The file of a program as it is and not as it is called: it is the same one under another name, and a copy of it is the same program.
/// </summary>
internal sealed class ProgramFile
{
    private const int Block = 1 << 16;

    private readonly string path;
    private readonly FileStatus status;
    private readonly Dictionary<(string, ulong), bool> copies = [];

    private ProgramFile(string path, FileStatus status) => (this.path, this.status) = (path, status);

    /// <summary>The file that a process runs from; null where that cannot be seen.</summary>
    public static ProgramFile? Of(int process) =>
        FileStatus.Read(Image(process), follow: true) is { } status ? new ProgramFile(Image(process), status) : null;

    /// <summary>Whether a process runs from it, or from a copy.</summary>
    public bool IsThatOf(int process)
    {
        if (FileStatus.Read(Image(process), follow: true) is not { } theirs)
        {
            return false;
        }

        var node = (theirs.Device, theirs.Node);
        if (node == (status.Device, status.Node) || theirs.Length != status.Length)
        {
            return node == (status.Device, status.Node);
        }

        if (!copies.TryGetValue(node, out var isCopy))
        {
            copies[node] = isCopy = HasSameBytes(Image(process));
        }

        return isCopy;
    }

    // Leads to the very file, also when that was renamed or deleted.
    private static string Image(int process) => string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/exe");

    private bool HasSameBytes(string other)
    {
        try
        {
            using var ours = File.OpenHandle(path);
            using var theirs = File.OpenHandle(other);
            byte[] one = new byte[Block], two = new byte[Block];
            for (var offset = 0L; RandomAccess.Read(ours, one, offset) is var count and > 0; offset += count)
            {
                var read = RandomAccess.Read(theirs, two.AsSpan(0, count), offset);
                if (!one.AsSpan(0, count).SequenceEqual(two.AsSpan(0, read)))
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is not ours to read, and then not ours to hit either.
            return false;
        }
    }
}
