using System.Globalization;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.PacketFilters;

/// <summary>
/// A network of its own within the machine (<c>network_namespaces</c>(7)), by its inode. Containers have one each. It lives as long as a
/// process is in it, a file that is it is mounted somewhere (as <c>ip netns</c> and container engines do), or somebody holds such a file
/// open; then it is gone, its packet filter included.
/// </summary>
/// <param name="Name">What the system calls it: <c>net:[4026531840]</c>.</param>
internal sealed record NetworkNamespace(string Name)
{
    /// <summary>The one that this process is in.</summary>
    /// <exception cref="IOException">The system does not say.</exception>
    public static NetworkNamespace Own =>
        new(Link("/proc/self/ns/net") ?? throw new IOException("/proc does not say which network namespace this is"));

    /// <summary>
    /// A file by which it can be entered (<c>nsenter --net=FILE</c>), as far as we may see; null where nothing keeps it, so that it is
    /// gone.
    /// </summary>
    public string? Entrance()
    {
        string[] processes = [.. ProcessTable.List().Select(process => string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}"))];
        return processes.Select(process => $"{process}/ns/net").FirstOrDefault(IsIt)
            ?? processes
                .DistinctBy(process => Link($"{process}/ns/mnt") ?? process)
                .Select(Mounted)
                .FirstOrDefault(file => file is not null)
            ?? processes.SelectMany(process => Entries($"{process}/fd")).FirstOrDefault(IsIt);
    }

    private bool IsIt(string file) => Link(file) == Name;

    // Each line: its number, its parent's, the device, what of the file system it is, and where it is; blanks are written as \040.
    private string? Mounted(string process)
    {
        try
        {
            return File
                .ReadLines($"{process}/mountinfo")
                .Select(static line => line.Split(' '))
                .FirstOrDefault(mount => mount is [_, _, _, var root, ..] && root == Name) is [_, _, _, _, var place, ..]
                ? $"{process}/root{place.Replace(@"\040", " ", StringComparison.Ordinal)}"
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Link(string file)
    {
        try
        {
            return new FileInfo(file).LinkTarget;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string[] Entries(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
