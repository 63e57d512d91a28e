using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Experiments.Loading;
using Turbulence.Platform.Processes;

namespace Turbulence.Cli.Wizard;

/// <summary>The file that a new experiment goes to: there as a whole, or not at all.</summary>
internal sealed class ExperimentFile
{
    private readonly Func<JsonObject, string> notation;
    private readonly string full;

    private ExperimentFile(string path, Func<JsonObject, string> notation)
    {
        this.notation = notation;
        Path = path;
        full = System.IO.Path.GetFullPath(HomeDirectory.Expand(path));
    }

    /// <summary>The file, as it was said.</summary>
    public string Path { get; }

    /// <summary>Its folder. Absolute.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(full)!;

    /// <summary>Whether something is there already.</summary>
    public bool Exists => File.Exists(full) || Directory.Exists(full);

    /// <summary>Looks whether an experiment can be written there, before anybody is asked anything.</summary>
    /// <param name="path">The file.</param>
    /// <param name="file">The file.</param>
    /// <param name="problem">Why not, in one line.</param>
    public static bool TryPrepare(string path, [NotNullWhen(true)] out ExperimentFile? file, [NotNullWhen(false)] out string? problem)
    {
        file = null;
        if (ExperimentText.For(path) is not { } notation)
        {
            problem = $"The experiment {path} cannot be written: its name has to end with .json, .yaml or .yml";
            return false;
        }

        try
        {
            var candidate = new ExperimentFile(path, notation);
            problem = Directory.Exists(candidate.full) ? $"The experiment {path} cannot be written: it is a folder"
                : !Directory.Exists(candidate.Folder) ? $"The experiment {path} cannot be written: there is no folder {candidate.Folder}"
                : null;
            if (problem is null)
            {
                var partial = candidate.Partial();
                using var trial = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
                file = candidate;
            }

            return file is not null;
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            problem = $"The experiment {path} cannot be written: {failure.Message}";
            return false;
        }
    }

    /// <summary>The experiment's text, and the same read back.</summary>
    public (string Text, ParsedDocument Read) Render(JsonObject experiment)
    {
        var text = notation(experiment);
        var bytes = Encoding.UTF8.GetBytes(text);
        return (text, Path.EndsWith(".json", StringComparison.Ordinal) ? JsonDocumentReader.Read(bytes) : YamlDocumentReader.Read(bytes));
    }

    /// <summary>Writes the file by a rename: whoever looks sees all of it or nothing.</summary>
    /// <param name="text">The experiment.</param>
    /// <param name="replace">Whether a file that is there is replaced.</param>
    /// <returns>Why it was not written, in one line; null where it was.</returns>
    public string? Write(string text, bool replace)
    {
        var partial = Partial();
        try
        {
            using (var stream = new FileStream(partial, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, full, replace);
            return null;
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            Discard(partial);
            return $"The experiment {Path} cannot be written: {failure.Message}";
        }
    }

    private static bool IsExpected(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static void Discard(string partial)
    {
        try
        {
            File.Delete(partial);
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            // What kept it from being written keeps it from being deleted, too.
        }
    }

    private string Partial() => System.IO.Path.Combine(Folder, $".{System.IO.Path.GetFileName(full)}.{Guid.NewGuid():n}.partial");
}
