using System.Text.Json.Nodes;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>A folder with a file in it, or without: the file has to be as it was, byte for byte, and nothing may lie beside it.</summary>
/// <param name="kind">The kind of fault.</param>
/// <param name="content">What the file holds; null where there is none at the beginning.</param>
/// <param name="key">The argument that names the file.</param>
/// <param name="more">The other arguments.</param>
internal sealed class FileScenario(string kind, string? content = null, string key = "path", JsonObject? more = null) : Scenario(kind)
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private string Folder => Room["files"];

    private string Target => Path.Combine(Folder, "target");

    public override string? Residue()
    {
        if (content is null)
        {
            return Directory.EnumerateFileSystemEntries(Folder).Any()
                ? $"left: {string.Join(", ", Directory.EnumerateFileSystemEntries(Folder))}"
                : null;
        }

        return !File.Exists(Target) ? "the file is gone"
            : File.ReadAllText(Target) != content ? "the file holds something else"
            : File.GetUnixFileMode(Target) != Mode ? $"the file's mode is {File.GetUnixFileMode(Target)}"
            : Directory.GetFileSystemEntries(Folder) is { Length: > 1 } entries ? $"beside the file: {string.Join(", ", entries)}"
            : null;
    }

    protected override Task PrepareAsync()
    {
        Directory.CreateDirectory(Folder);
        if (content is not null)
        {
            File.WriteAllText(Target, content);
            File.SetUnixFileMode(Target, Mode);
        }

        return Task.CompletedTask;
    }

    protected override JsonObject Arguments()
    {
        var arguments = more?.DeepClone().AsObject() ?? [];
        arguments[key] = Target;
        return arguments;
    }
}
