using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Loading;
using Turbulence.Platform.Files;
using Turbulence.Platform.Processes;

namespace Turbulence.Settings;

/// <summary>
/// The file with what one person, or one machine, always wants: YAML 1.1 with a map at its root. No mistake in it is an exception.
/// </summary>
/// <param name="path">The file; a leading <c>~</c> is the home directory.</param>
public sealed class SettingsFile(string path)
{
    private const int LargestBytes = 16 * 1024 * 1024;

    /// <summary><c>~/.chaostoolkit/settings.yaml</c>, where the reference looks as well.</summary>
    public static string DefaultPath =>
        System.IO.Path.Combine(HomeDirectory.Expand("~"), ".chaostoolkit", "settings.yaml");

    /// <summary>The file, as it is shown.</summary>
    public string Path { get; } = HomeDirectory.Expand(path);

    /// <summary>The folder that relative programs in it start from. Absolute.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) ?? Environment.CurrentDirectory;

    /// <summary>Reads the file.</summary>
    public SettingsReading Read()
    {
        try
        {
            if (!File.Exists(Path))
            {
                return new SettingsReading(false, null);
            }

            // A pipe or a device has no length, and opening one may wait for ever.
            var length = Target().Length;
            if (length > LargestBytes)
            {
                return new SettingsReading(true, null, $"Failed reading the settings {Path}: it has more than {LargestBytes} bytes");
            }

            return length == 0 ? new SettingsReading(true, []) : Parse(File.ReadAllBytes(Path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return new SettingsReading(true, null, $"Failed reading the settings {Path}: {problem.Message}");
        }
    }

    /// <summary>
    /// Keeps everybody else who changes the file waiting, from before it is read until after it was written; readers go on. The lock is a
    /// hidden file of no bytes beside it, which stays: a file that is taken away could be locked by two at once.
    /// </summary>
    /// <param name="time">Measures the wait.</param>
    /// <param name="patience">How long to wait for somebody else.</param>
    /// <returns>The lock, to be disposed of after the change, or why there is none, in one line. Neither where there is no file to
    /// change.</returns>
    public async Task<(IDisposable? Held, string? Failure)> LockAsync(TimeProvider time, TimeSpan patience)
    {
        try
        {
            var target = Target();
            if (!target.Exists)
            {
                return (null, null);
            }

            var path = System.IO.Path.Combine(target.DirectoryName!, $".{target.Name}.lock");
            var begun = time.GetTimestamp();
            while (true)
            {
                if (FileLock.TryTake(path) is { } held)
                {
                    return (held, null);
                }

                if (time.GetElapsedTime(begun) > patience)
                {
                    return (null, $"The settings {Path} are being changed by another command for more than {patience.TotalSeconds} s; try again");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(10), time);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return (null, $"The settings {Path} cannot be changed: {problem.Message}");
        }
    }

    /// <summary>
    /// Replaces the file as a whole, as <see cref="OutputFile"/> does: whoever reads it sees the old or the new one. Its mode stays; a new
    /// file can be read and written by its owner alone. A link stays one. Comments are lost and keys are sorted, as with the reference.
    /// </summary>
    /// <param name="root">The new content.</param>
    /// <returns>Why it could not be written, in one line; null where it was.</returns>
    public string? Write(JsonObject root)
    {
        try
        {
            using var output = new OutputFile(Path) { IsPrivate = true, IsDurable = true };
            output.Write(file => file.Write(Encoding.UTF8.GetBytes(YamlText.Of(root))));
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return $"Failed writing the settings {Path}: {problem.Message}";
        }
    }

    private static SettingsReading Parse(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var document = YamlDocumentReader.Read(bytes);
        if (document.Problems.FirstOrDefault(problem => problem.Severity == ProblemSeverity.Error) is { } mistake)
        {
            var place = mistake.Position is { } at ? $" (line {at.Line})" : "";
            return new SettingsReading(true, null, $"Failed parsing YAML settings: {mistake.Message}{place}", text);
        }

        return document.Root switch
        {
            null => new SettingsReading(true, [], null, text),
            JsonObject root => new SettingsReading(true, root, null, text),
            _ => new SettingsReading(true, null, "Failed parsing YAML settings: settings are a map of keys and values", text),
        };
    }

    private FileInfo Target()
    {
        var file = new FileInfo(Path);
        return !file.Exists ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
    }
}
