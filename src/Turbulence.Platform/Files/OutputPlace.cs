using System.Text;
using System.Text.RegularExpressions;
using Turbulence.Platform.Files.Linux;

namespace Turbulence.Platform.Files;

/// <summary>Where an output really goes: every link of its path followed, and what stands there judged.</summary>
/// <param name="Path">What the links lead to, as a full path.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="Descriptor">The open file of this process that the path stands for (<c>/dev/stdout</c>, <c>/dev/fd/63</c>); -1 for
/// none.</param>
public sealed partial record OutputPlace(string Path, OutputKind Kind, int Descriptor = -1)
{
    private const int LongestPath = 4096;
    private const int MostLinks = 40;

    /// <summary>Follows the links of a path and looks at what is there.</summary>
    /// <exception cref="IOException">A folder on the way is not there, or links lead in a circle.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a folder.</exception>
    public static OutputPlace Of(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new UnauthorizedAccessException($"'{path}' is a folder");
        }

        return OperatingSystem.IsLinux()
            ? Follow(full, path)
            : new OutputPlace(File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full, OutputKind.Replaced);
    }

    private static OutputPlace Follow(string full, string said)
    {
        for (var links = 0; links <= MostLinks; links++)
        {
            var folder = RealPath(System.IO.Path.GetDirectoryName(full)!)
                ?? throw new IOException($"there is no folder {System.IO.Path.GetDirectoryName(full)}");
            var place = System.IO.Path.Join(folder, System.IO.Path.GetFileName(full));
            if (OpenFile().Match(place) is { Success: true } open)
            {
                // Its name in the file system says nothing of where its writer stands in it.
                return int.Parse(open.Groups[1].ValueSpan, null) == Environment.ProcessId
                    ? new OutputPlace(place, OutputKind.Stream, int.Parse(open.Groups[2].ValueSpan, null))
                    : new OutputPlace(place, OutputKind.Stream);
            }

            var status = FileStatus.Read(place);
            if (status is not { Type: FileNodeType.Link })
            {
                return new OutputPlace(place, status switch
                {
                    null => OutputKind.Replaced,
                    { Type: FileNodeType.File, Links: <= 1, IsMount: false } => OutputKind.Replaced,
                    { Type: FileNodeType.File } => OutputKind.Rewritten,
                    _ => OutputKind.Stream,
                });
            }

            var target = new FileInfo(place).LinkTarget ?? throw new IOException($"the link {place} cannot be read");
            full = System.IO.Path.IsPathRooted(target) ? target : System.IO.Path.Join(folder, target);
        }

        throw new IOException($"the links of {said} lead in a circle");
    }

    // A link's target is relative to the folder that it really stands in, which only the system knows.
    private static unsafe string? RealPath(string path)
    {
        var resolved = stackalloc byte[LongestPath];
        return FileCalls.RealPath(path, resolved) is null
            ? null
            : Encoding.UTF8.GetString(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(resolved));
    }

    [GeneratedRegex(@"^/proc/(\d+)/(?:task/\d+/)?fd/(\d+)$", RegexOptions.CultureInvariant)]
    private static partial Regex OpenFile();
}
