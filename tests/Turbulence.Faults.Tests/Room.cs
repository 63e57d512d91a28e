using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Files;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Tests;

/// <summary>A folder of a test's own with a ledger in it; what was started in it and still runs at the end is ended.</summary>
internal sealed class Room : IDisposable
{
    public Room(string? disk = null)
    {
        Path = disk is null
            ? Directory.CreateTempSubdirectory("turbulence-faults-").FullName
            : Directory.CreateDirectory(System.IO.Path.Combine(disk, "room")).FullName;
        State = System.IO.Path.Combine(Path, "state");
        Ledger = new Ledger(State);
        Assert.Null(Ledger.Prepare());
    }

    public string Path { get; }

    public string State { get; }

    public Ledger Ledger { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>All that stands in the ledger's folder but its locks; nothing where somebody took the folder away.</summary>
    public IReadOnlyList<string> Records() =>
        !Directory.Exists(State) ? [] : [.. Directory.EnumerateFiles(State, "*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(State, file))
            .Where(file => !file.StartsWith("locks", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        foreach (var left in ProcessTable.List().Where(process => process.IsAlive
            && ProcessTable.Environment(process.Id)?.GetValueOrDefault(StateFolder.Variable) == State))
        {
            if (ProcessHandle.TryOpen(left.Identity, out var handle, out _))
            {
                handle.Signal(PosixSignalNumber.Kill);
                handle.Dispose();
            }
        }

        // What a test failed to take back is no reason to hide why it failed.
        foreach (var file in Directory.EnumerateFiles(
            Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            if (FileStatus.Read(file) is { IsImmutable: true })
            {
                ImmutableFlag.Set(file, immutable: false);
            }
        }

        Directory.Delete(Path, recursive: true);
    }
}
