using Turbulence.Documents;

namespace Turbulence.Loading;

/// <summary>Reads an experiment's file.</summary>
internal static class FileSource
{
    /// <summary>Whether something is at <paramref name="path"/>; a link to nothing is nothing.</summary>
    public static bool Exists(string path) => Directory.Exists(path) || (File.Exists(path) && Target(path) is { Exists: true });

    /// <summary>Reads the whole file. What stands in the way is a failure, not an exception.</summary>
    /// <param name="path">A path at which something is.</param>
    /// <param name="options">Tells the size that is too large.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<SourceContent> ReadAsync(string path, LoadOptions options, CancellationToken cancellation)
    {
        if (Directory.Exists(path))
        {
            return SourceContent.Failed($"Path \"{path}\" is a directory; an experiment is a file.");
        }

        if (DocumentFormats.OfPath(path) is not { } format)
        {
            return SourceContent.Failed(SourceContent.UnknownFormat);
        }

        try
        {
            // Opening a pipe waits for a writer, and a device may have no end. Both have no length, so neither is opened.
            var length = Target(path)!.Length;
            if (length == 0)
            {
                return SourceContent.Failed(ExperimentLoader.EmptyExperiment + EmptyDetail(path, options));
            }

            if (length > options.MaximumSize)
            {
                return SourceContent.Failed(SourceContent.TooLarge($"Path \"{path}\"", options.MaximumSize));
            }

            using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            var bytes = new byte[length];
            var read = 0;
            while (read < bytes.Length && await RandomAccess.ReadAsync(file, bytes.AsMemory(read), read, cancellation) is var count and > 0)
            {
                read += count;
            }

            return new SourceContent(bytes.AsMemory(0, read), [format]);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return SourceContent.Failed($"Path \"{path}\" can not be read: {reason.Message}");
        }
    }

    private static string EmptyDetail(string path, LoadOptions options) => options.Compatibility == Compatibility.ChaosToolkit
        ? ""
        : $": \"{path}\" holds nothing (pipes and devices are not read)";

    private static FileInfo? Target(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        }
        catch (IOException)
        {
            // Links in a circle.
            return null;
        }
    }
}
