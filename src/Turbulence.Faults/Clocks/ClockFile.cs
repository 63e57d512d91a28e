using Turbulence.Faults.Targets;
using Turbulence.Platform.Files;
using Turbulence.Platform.Processes;
using Turbulence.Services;

namespace Turbulence.Faults.Clocks;

/// <summary>The file that says how far the clock of a service is off.</summary>
/// <param name="path">The file.</param>
/// <param name="fault">The fault.</param>
internal sealed class ClockFile(string path, string fault)
{
    private readonly string draft = FaultMark.Neighbour(path, fault, "clock");

    /// <summary>What it holds; null where it is not there.</summary>
    public string? Text => FileStatus.Find(path) is { Type: FileNodeType.File } ? File.ReadAllText(path).Trim() : null;

    /// <summary>Whether a draft is left of one that died while it wrote.</summary>
    public bool HasDraft => FileStatus.Find(draft) is not null;

    /// <summary>The file that a process reads its clock from; null where its clock is the machine's.</summary>
    public static string? Of(int process) => ProcessTable.Environment(process)?.GetValueOrDefault(AdjustableClock.FileVariable);

    /// <summary>Whether a process has the library in its memory.</summary>
    /// <exception cref="IOException">That cannot be seen.</exception>
    public static bool IsRead(int process) =>
        File.ReadLines($"/proc/{process}/maps").Any(line => line.Contains($"/{AdjustableClock.LibraryName}", StringComparison.Ordinal));

    /// <summary>Writes it anew. Who reads it meanwhile has all of the one or of the other.</summary>
    public void Write(string text)
    {
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, new System.Text.UTF8Encoding(false), options))
        {
            writer.Write($"{text}\n");
        }

        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Removes what one has left that died while it wrote.</summary>
    public void RemoveDraft()
    {
        if (HasDraft)
        {
            File.Delete(draft);
        }
    }
}
