using System.Globalization;
using Turbulence.Platform.Files.Linux;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Files;

/// <summary>
/// A file that is not finished, beside the one whose place it takes: <c>.NAME.PID-RANDOM.partial</c>. It is always made anew, so that
/// nothing planted under its name is followed, and is gone when it was not finished. Its name says whose it is, so that others can remove
/// what a killed process left behind.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private const string Ending = ".partial";
    private const int LongestName = 60;
    private const int Buffer = 64 * 1024;

    private const int CurrentFolder = -100;
    private const uint Exchanging = 2;

    private string path;
    private bool isThere = true;

    private PartialFile(string path, FileStream stream)
    {
        this.path = path;
        Stream = stream;
    }

    /// <summary>Writes to it.</summary>
    public FileStream Stream { get; }

    /// <summary>Makes it.</summary>
    /// <param name="target">The file whose place it will take.</param>
    /// <param name="mode">Its mode; the umask takes away from it.</param>
    public static PartialFile Create(string target, UnixFileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = Buffer,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        var path = Path.Combine(Path.GetDirectoryName(target)!, $"{Start(target)}{Environment.ProcessId}-{Guid.NewGuid():n}{Ending}");
        return new PartialFile(path, GrowingFile.Open(path, options));
    }

    /// <summary>Removes what processes that do not run any more have left unfinished beside a file.</summary>
    public static void Sweep(string target)
    {
        var start = Start(target);
        try
        {
            foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, $"{start}*{Ending}"))
            {
                var rest = Path.GetFileName(path.AsSpan())[start.Length..];
                var end = rest.IndexOf('-');
                if (end > 0 && int.TryParse(rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                    && ProcessTable.Find(process) is not { IsAlive: true } && FileOwnership.IsOursAlone(path))
                {
                    File.Delete(path);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is nobody's task to tidy a folder that may not be read.
        }
    }

    /// <summary>Gives it the mode and, where we may, the owner of the file whose place it takes.</summary>
    public void Resemble(FileStatus? former, UnixFileMode? mode)
    {
        if (former is not null && LibC.EffectiveUser() == 0 && (former.Owner, former.Group) is not (0, 0))
        {
            _ = FileCalls.ChangeOwner(Stream.SafeFileHandle, former.Owner, former.Group);
        }

        if (mode is { } same && !OperatingSystem.IsWindows())
        {
            // After the owner: changing that takes bits away.
            File.SetUnixFileMode(Stream.SafeFileHandle, same);
        }
    }

    /// <summary>Puts it in the place of the other.</summary>
    public void Finish(string target, bool durable, bool replace)
    {
        Stream.Flush(flushToDisk: durable);
        Stream.Dispose();
        File.Move(path, target, replace);
        isThere = false;
    }

    /// <summary>Puts it in the place of the other, and keeps it open.</summary>
    public void Show(string target)
    {
        File.Move(path, target, overwrite: true);
        isThere = false;
    }

    /// <summary>
    /// Lets it and the file that was shown before take each other's place, in one step: at any moment there is a file under the name.
    /// </summary>
    /// <param name="target">The name under which the other is shown.</param>
    /// <param name="shown">The other.</param>
    /// <returns>Whether they did; not where the file system knows no such step, and not where something else than <paramref name="shown"/>
    /// stood there.</returns>
    public bool Exchange(string target, PartialFile shown)
    {
        var (ours, there) = (FileStatus.Of(shown.Stream.SafeFileHandle), FileStatus.Read(target));
        if ((ours.Device, ours.Node) != (there?.Device, there?.Node) || !TryExchange(path, target))
        {
            return false;
        }

        shown.path = path;
        shown.isThere = true;
        isThere = false;
        return true;
    }

    /// <summary>Whether it is still there under its own name; nobody else has a reason to remove it.</summary>
    public bool IsThere => isThere && File.Exists(path);

    /// <summary>Closes it, and removes it where it was not finished.</summary>
    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // What could not be written is thrown away.
        }

        if (isThere)
        {
            isThere = false;
            try
            {
                File.Delete(path);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // What kept it from being written keeps it from being deleted, too.
            }
        }
    }

    private static bool TryExchange(string one, string other)
    {
        try
        {
            return FileCalls.Rename(CurrentFolder, one, CurrentFolder, other, Exchanging) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    private static string Start(string target)
    {
        var name = Path.GetFileName(target);
        return $".{(name.Length > LongestName ? name[..LongestName] : name)}.";
    }
}
