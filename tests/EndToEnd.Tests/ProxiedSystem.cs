using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Sockets;

namespace EndToEnd.Tests;

/// <summary>The sample, whose require_rand reaches both servers through fault proxies of the run.</summary>
internal sealed class ProxiedSystem : IAsyncDisposable
{
    private const string Wait =
        """{ "type": "action", "name": "wait", "provider": { "type": "process", "path": "sh", "arguments": ["-c", "touch waiting; until [ -f go ]; do sleep 0.02; done"] } }""";

    private readonly Room room;

    public ProxiedSystem(Room room)
    {
        this.room = room;
        Sample = new SampleSystem(room);
        Sample.Services["primary"]!["proxy"] = new JsonObject { ["listen"] = PrimaryProxy, ["from"] = "require_rand" };
        Sample.Services["secondary"]!["proxy"] = new JsonObject { ["listen"] = SecondaryProxy };
        Sample.Services["require_rand"]!["run"] = new JsonArray(
            BuiltPrograms.RequireRand,
            "--port",
            Text(Sample.RequireRandPort),
            "--server",
            $"primary=http://localhost:{PrimaryProxy}",
            "--server",
            $"secondary=http://localhost:{SecondaryProxy}");
        Sample.Experiment["method"] = new JsonArray(JsonNode.Parse(Wait));
        Sample.Experiment["rollbacks"]!.AsArray().Clear();
    }

    public SampleSystem Sample { get; }

    public int PrimaryProxy { get; } = FreePort.Next();

    public int SecondaryProxy { get; } = FreePort.Next();

    /// <summary>Runs it until its method waits for <see cref="Go"/>.</summary>
    public async Task<ChaosRun> WaitingAsync(string? state = null, params string[] options)
    {
        var run = ChaosRun.Start(
            room, new Dictionary<string, string> { ["TURBULENCE_STATE"] = state ?? room.State }, [.. options, "run", Sample.Save()]);
        await run.UntilAsync(() => File.Exists(room.File("waiting")));
        return run;
    }

    public void Go() => room.Write("go", "");

    /// <summary>The process with the proxies; null where there is none.</summary>
    public ProcessStatus? FindProxies() => ListeningProcess.Find(PrimaryProxy) is [var found, ..] ? found : null;

    /// <summary>What of the room's runs is alive, the services and the process with the proxies among it.</summary>
    public static IReadOnlyList<ProcessStatus> Marked(string mark) => [.. ProcessTable
        .List()
        .Where(process => process.IsAlive && ProcessTable.Environment(process.Id)?.GetValueOrDefault("TURBULENCE_RUN") == mark)];

    public bool IsGone() =>
        room.Processes().Count == 0
            && !Sample.IsListening(PrimaryProxy)
            && !Sample.IsListening(SecondaryProxy)
            && !Sample.IsListening(Sample.PrimaryPort);

    public ValueTask DisposeAsync() => Sample.DisposeAsync();

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
