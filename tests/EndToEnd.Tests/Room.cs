using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>A folder of a test's own to run <c>chaos</c> in; what still runs in it at the end is a defect, and ended.</summary>
internal sealed class Room : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("turbulence-e2e-").FullName;

    /// <summary>Where the faults of the room's commands stand: apart from those of every other test.</summary>
    public string State => File("state");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return name;
    }

    /// <summary>The journal of the room's run; its timeline is as docs/events.schema.json says.</summary>
    public JsonObject Journal()
    {
        var journal = JsonNode.Parse(System.IO.File.ReadAllBytes(File("journal.json")))!.AsObject();
        EventSchema.Holds(journal["turbulence"]?["timeline"]?.AsArray() ?? []);
        return journal;
    }

    /// <summary>The processes whose working directory is this folder.</summary>
    public IReadOnlyList<ProcessStatus> Processes() =>
        [.. ProcessTable.List().Where(process => process.IsAlive && ProcessTable.WorkingDirectory(process.Id) == Path)];

    public void Dispose()
    {
        Kill(Processes());

        // A guardian writes its last words after its run is over, and does not run in the room.
        if (!SpinWait.SpinUntil(() => Writers().Count == 0, TimeSpan.FromSeconds(20)))
        {
            Kill(Writers());
        }

        Directory.Delete(Path, recursive: true);
    }

    private static void Kill(IReadOnlyList<ProcessStatus> processes)
    {
        foreach (var process in processes)
        {
            if (ProcessHandle.TryOpen(process.Identity, out var handle, out _))
            {
                handle.Signal(PosixSignalNumber.Kill);
                handle.WaitForExitAsync(CancellationToken.None).Wait();
                handle.Dispose();
            }
        }
    }

    // Those that were told to keep their records here.
    private IReadOnlyList<ProcessStatus> Writers() =>
        [.. ProcessTable
            .List()
            .Where(process => process.IsAlive && ProcessTable.Environment(process.Id)?.GetValueOrDefault("TURBULENCE_STATE") == State)];
}
