using System.Security.Cryptography;
using System.Text;
using Turbulence.Platform.Files;
using Turbulence.Reports.Pages;
using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;
using Turbulence.Reports.Weaknesses;

namespace Turbulence.Live.Histories;

/// <summary>
/// The runs whose journals stand in a folder. Of each no more is kept than a list shows, and a journal is read again when it has changed.
/// Links are not followed: what they lead to was not meant to be shown.
/// </summary>
/// <param name="folder">The folder, as a full path.</param>
internal sealed class RunFolder(string folder)
{
    /// <summary>As many of the newest files as are looked at.</summary>
    public const int MostFiles = 2_000;

    private const int DeepestLevel = 5;

    private static readonly EnumerationOptions Search = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = DeepestLevel,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden | FileAttributes.System,
    };

    private readonly Lock gate = new();
    private Dictionary<string, (long Length, DateTime Written, HistoryRun? Run, string? Problem)> known = [];

    /// <summary>The folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>Looks what there is now.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public RunFolderContent Read()
    {
        lock (gate)
        {
            var files = new DirectoryInfo(Folder).EnumerateFiles("*.json", Search).OrderByDescending(static file => file.LastWriteTimeUtc)
                .ThenBy(static file => file.FullName, StringComparer.Ordinal)

                // Names that are not UTF-8 may look the same.
                .DistinctBy(static file => file.FullName).ToList();
            var taken = files.Take(MostFiles).ToDictionary(static file => file.FullName, Look);
            known = taken;
            return new RunFolderContent(
                [.. taken.Values.Select(static one => one.Run).OfType<HistoryRun>().OrderBy(static run => run.Summary.Started ?? default)],
                [.. taken.Where(static one => one.Value.Problem is not null).Select(one => (Name(one.Key), one.Value.Problem!))],
                files.Count - taken.Count);
        }
    }

    private (long Length, DateTime Written, HistoryRun? Run, string? Problem) Look(FileInfo file)
    {
        if (file.Exists && known.TryGetValue(file.FullName, out var before)
            && (before.Length, before.Written) == (file.Length, file.LastWriteTimeUtc))
        {
            return before;
        }

        return Read(file);
    }

    // Who opens a pipe waits until somebody writes to it, and no signal ends that.
    private (long Length, DateTime Written, HistoryRun? Run, string? Problem) Read(FileInfo file)
    {
        if (FileStatus.Read(file.FullName, follow: true) is { Type: not FileNodeType.File })
        {
            return (0, default, null, "it is no file but a device, a pipe or a socket");
        }

        try
        {
            var (length, written) = (file.Length, file.LastWriteTimeUtc);
            var reading = JournalReader.Read(file.FullName);
            return (length, written, reading.Run is { } run ? Of(file.FullName, run) : null, reading.Problem);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It was deleted since, or its name is not UTF-8, so that .NET cannot name it; the others are shown all the same.
            return (0, default, null, failure is FileNotFoundException ? "nothing can be found by this name" : failure.Message);
        }
    }

    private HistoryRun Of(string path, ReportedRun run) => new(
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 8)),
        path,
        Name(path),
        RunSummary.Of(run),
        [.. Weakness.Of(run).Select(one => new FoundWeakness(
            one.Fingerprint(run.Title), one.Rule.Short, one.Name is null ? one.Stage : $"{one.Stage}: {one.Name}"))
            .DistinctBy(static one => one.Fingerprint)]);

    private string Name(string path) => Path.GetRelativePath(Folder, path);
}
