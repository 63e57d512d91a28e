using Microsoft.Extensions.Logging;
using Turbulence.Sdk;

namespace Drills._1;

/// <summary>Probes and actions on folders.</summary>
public static class Folders
{
    /// <summary>Counts the files of a folder.</summary>
    /// <param name="path">The folder, where it is not absolute in that of the experiment.</param>
    /// <param name="logger">Gets one line.</param>
    /// <exception cref="ActivityFailedException">There is no such folder.</exception>
    [Probe]
    public static int CountFiles(string path, ILogger logger)
    {
        if (!Directory.Exists(path))
        {
            throw new ActivityFailedException($"there is no folder {Path.GetFullPath(path)}");
        }

        var count = Directory.GetFiles(path).Length;
        logger.LogInformation("{Path} has {Count} files", path, count);
        return count;
    }

    /// <summary>Makes an empty file.</summary>
    /// <param name="path">The file.</param>
    [Action]
    public static void Touch(string path) => File.WriteAllBytes(path, []);

    /// <summary>Removes a file, if it is there.</summary>
    /// <param name="path">The file.</param>
    [Action]
    public static void Remove(string path) => File.Delete(path);
}
