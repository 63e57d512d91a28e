using System.Diagnostics.CodeAnalysis;
using System.Text;
using Turbulence.Platform.Files;
using Turbulence.Platform.Processes;

namespace Turbulence.Cli.Files;

/// <summary>A file that the command makes: there as a whole, or not at all.</summary>
internal sealed class WholeFile
{
    private readonly string what;
    private readonly string full;

    private WholeFile(string path, string what)
    {
        this.what = what;
        Path = path;
        full = System.IO.Path.GetFullPath(HomeDirectory.Expand(path));
    }

    /// <summary>The file, as it was said.</summary>
    public string Path { get; }

    /// <summary>Its folder. Absolute.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(full)!;

    /// <summary>Whether a file is there already.</summary>
    public bool Exists => File.Exists(full);

    /// <summary>Looks whether it can be written, before anything is done for it.</summary>
    /// <param name="path">The file; a leading <c>~</c> is the home directory.</param>
    /// <param name="what">What it is, for people: <c>The experiment</c>.</param>
    /// <param name="file">The file.</param>
    /// <param name="problem">Why it cannot be written, in one line.</param>
    public static bool TryPrepare(
        string path, string what, [NotNullWhen(true)] out WholeFile? file, [NotNullWhen(false)] out string? problem)
    {
        file = null;
        try
        {
            var candidate = new WholeFile(path, what);
            problem = Directory.Exists(candidate.full) ? candidate.Unwritable("it is a folder")
                : !Directory.Exists(candidate.Folder) ? candidate.Unwritable($"there is no folder {candidate.Folder}")
                : null;
            if (problem is null)
            {
                var output = new OutputFile(candidate.full);
                if (output.Place.Kind != OutputKind.Stream)
                {
                    output.Prepare();
                }

                file = candidate;
            }

            return file is not null;
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            problem = $"{what} {path} cannot be written: {failure.Message}";
            return false;
        }
    }

    /// <summary>Writes the file as <see cref="OutputFile"/> does: whoever looks sees all of it or nothing.</summary>
    /// <param name="text">What it holds.</param>
    /// <param name="replace">Whether a file that is there is replaced.</param>
    /// <returns>Why it was not written, in one line; null where it was.</returns>
    public string? Write(string text, bool replace)
    {
        try
        {
            using var output = new OutputFile(full) { IsDurable = true };
            output.Write(stream => stream.Write(Encoding.UTF8.GetBytes(text)), replace);
            return null;
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            return Unwritable(failure.Message);
        }
    }

    private static bool IsExpected(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private string Unwritable(string reason) => $"{what} {Path} cannot be written: {reason}";
}
