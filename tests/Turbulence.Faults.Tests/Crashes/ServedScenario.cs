using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>
/// Two proxies in a process of their own, which may die: of a run, for a partition of two services, or such as run already.
/// </summary>
internal sealed class ServedScenario(string kind) : Scenario(kind)
{
    private static readonly string Chaos = BuiltProgram.Shipped("Turbulence.Cli", "chaos");

    private ChildProcess? server;
    private Uri? api;

    public override string Variables =>
        string.Create(CultureInfo.InvariantCulture, $"TURBULENCE_CRASH_PROXY={server!.Identity.Id}@{server.Identity.StartTime}")
        + (Kind == "network.partition" ? $" FAULT_RUNNER_SERVICES={Services().ToJsonString()}" : "");

    /// <summary>The process.</summary>
    public int Id => server!.Id;

    /// <summary>Whether it is there.</summary>
    public bool IsAlive => server!.Identity.IsAlive;

    /// <summary>Makes the system.</summary>
    public static async Task<ServedScenario> ServeAsync(string kind)
    {
        var scenario = new ServedScenario(kind);
        await scenario.PrepareInAsync(null);
        return scenario;
    }

    public override string? Residue()
    {
        if (!IsAlive)
        {
            return null;
        }

        using var http = new HttpClient();
        var proxies = JsonNode.Parse(http.GetStringAsync(new Uri(api!, "proxies")).GetAwaiter().GetResult())!.AsObject();
        return proxies.Any(proxy => proxy.Value!["toxics"]!.AsArray().Count > 0) ? $"left: {proxies.ToJsonString()}" : null;
    }

    public override async ValueTask DisposeAsync()
    {
        server!.SignalGroup(PosixSignalNumber.Kill);
        await server.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override async Task PrepareAsync()
    {
        File.WriteAllText(
            Room["proxies.json"],
            """[{"name": "one", "listen": "127.0.0.1:0", "upstream": "127.0.0.1:1"}, {"name": "two", "listen": "127.0.0.1:0", "upstream": "127.0.0.1:1"}]""");
        var options = new ProcessStartOptions
        {
            FileName = Chaos,
            Arguments = ["proxy", "serve", "--host", "127.0.0.1", "--port", "0", "--config", Room["proxies.json"]],
            WorkingDirectory = Room.Path,
            StandardOutput = ChildOutput.Stream,
        };
        Assert.True(ChildProcess.TryStart(options, out server, out var failure), failure?.Message);
        using var lines = new StreamReader(server.StandardOutput, Encoding.UTF8);
        api = new Uri((await lines.ReadLineAsync(TestContext.Current.CancellationToken))!["Listening on ".Length..]);
    }

    protected override JsonObject Arguments() => Kind == "network.partition"
        ? new JsonObject { ["between"] = "front", ["and"] = "back" }
        : new JsonObject { ["api"] = api!.AbsoluteUri, ["proxy"] = "one", ["latency"] = 1 };

    private JsonArray Services() =>
    [
        new JsonObject { ["name"] = "front", ["proxy"] = "two", ["from"] = "back", ["api"] = api!.AbsoluteUri },
        new JsonObject { ["name"] = "back", ["proxy"] = "one", ["from"] = "front", ["api"] = api.AbsoluteUri },
    ];
}
