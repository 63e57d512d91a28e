using System.Globalization;
using Turbulence.Platform.Files;
using Turbulence.Services;

namespace Turbulence.Activities;

/// <summary>
/// The files beside a journal, in a folder of their own: <c>journal.json.d/7-samples.jsonl</c> for the activity 7. They are their owner's
/// alone.
/// </summary>
/// <param name="folder">The folder; it is made with the first file, and removed with the last. Null where there is none to be.</param>
public sealed class SideFiles(string? folder)
{
    private const int LongestName = 100;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock gate = new();

    /// <summary>Those of a run without a journal: nothing is kept.</summary>
    public static SideFiles None { get; } = new(null);

    /// <summary>
    /// Makes a file anew; one of that name that an earlier run or attempt has left is replaced, and a link is not followed.
    /// </summary>
    /// <param name="activity">The activity's number.</param>
    /// <param name="name">What it is called: letters and digits of ASCII, hyphens, underscores and dots, at most 100.</param>
    /// <exception cref="ArgumentException">It cannot be called that.</exception>
    /// <exception cref="IOException">It cannot be made, or the folder is a link or can be written to by others.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public SideFile Open(long activity, string name)
    {
        if (name.Length is 0 or > LongestName
            || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            throw new ArgumentException(
                $"a side file is called by letters and digits of ASCII, '-', '_' and '.', at most {LongestName}, and not '{name}'",
                nameof(name));
        }

        if (folder is null)
        {
            return new SideFile(null, Stream.Null, static () => { });
        }

        var file = string.Create(CultureInfo.InvariantCulture, $"{activity}-{name}");
        var path = Path.Combine(folder, file);
        lock (gate)
        {
            return new SideFile(NameOf(file), Make(path), () => Remove(path));
        }
    }

    /// <summary>
    /// Makes a file of the run itself anew, which another process may add to; the folder's rules hold as for <see cref="Open"/>.
    /// </summary>
    /// <param name="name">What it is called.</param>
    /// <returns>The file; null where there is no journal beside which it could be.</returns>
    /// <exception cref="IOException">It cannot be made, or the folder is a link or can be written to by others.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    internal RunSideFile? MakeOfRun(string name)
    {
        if (folder is null)
        {
            return null;
        }

        var path = Path.Combine(folder, name);
        lock (gate)
        {
            using var file = Make(path);
            return new RunSideFile(
                NameOf(name), path, OperatingSystem.IsLinux() ? FileStatus.Of(file.SafeFileHandle) : null, () => Remove(path));
        }
    }

    /// <summary>
    /// Removes a file of the run itself that an earlier run has left: what is beside the journal is of the journal's run.
    /// </summary>
    /// <param name="name">What it is called.</param>
    /// <returns>Why it is still there, in one line; null where there is none.</returns>
    internal string? ForgetOfRun(string name)
    {
        if (folder is null)
        {
            return null;
        }

        try
        {
            var path = Path.Combine(folder, name);
            lock (gate)
            {
                if (Path.Exists(path) || new FileInfo(path).LinkTarget is not null)
                {
                    Trust();
                    Clear(path);
                    Remove(path);
                }
            }

            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"{NameOf(name)} is none of this run, and cannot be removed: {failure.Message}";
        }
    }

    private string NameOf(string file) => $"{Path.GetFileName(folder)}/{file}";

    private FileStream Make(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (File.Exists(folder))
        {
            throw new IOException($"{folder} is a file");
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder!);
        }
        else
        {
            Directory.CreateDirectory(folder!, Private | UnixFileMode.UserExecute);
            options.UnixCreateMode = Private;
        }

        Trust();
        Clear(path);
        return GrowingFile.Open(path, options);
    }

    private void Trust()
    {
        if (FileOwner.Distrust(folder!) is { } distrust)
        {
            throw new IOException($"the folder {folder} {distrust}");
        }
    }

    private static void Clear(string path)
    {
        if (Directory.Exists(path) && new FileInfo(path).LinkTarget is null)
        {
            throw new IOException($"{path} is a folder");
        }

        File.Delete(path);
    }

    private void Remove(string path)
    {
        lock (gate)
        {
            try
            {
                File.Delete(path);
                if (!Directory.EnumerateFileSystemEntries(folder!).Any())
                {
                    Directory.Delete(folder!);
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // An empty file more, which the journal does not name.
            }
        }
    }
}
