using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>The sample's three services and its experiment, moved to free ports so that tests run side by side.</summary>
internal sealed class SampleSystem : IAsyncDisposable
{
    private readonly Room room;
    private readonly List<ChildProcess> running = [];

    public SampleSystem(Room room)
    {
        this.room = room;
        var text = FreePort.InPlaceOfTheUsual(File.ReadAllText(BuiltPrograms.Sample), RequireRandPort, PrimaryPort, SecondaryPort)
            .Replace("./rand-server", BuiltPrograms.RandServer, StringComparison.Ordinal);
        Experiment = JsonNode.Parse(text)!.AsObject();
        Services["primary"]!["run"] = Run(BuiltPrograms.RandServer, Text(PrimaryPort), "primary");
        Services["secondary"]!["run"] = Run(BuiltPrograms.RandServer, Text(SecondaryPort), "secondary");
        Services["require_rand"]!["run"] = Run([BuiltPrograms.RequireRand, .. RequireRandArguments]);
    }

    public int RequireRandPort { get; } = FreePort.Next();

    public int PrimaryPort { get; } = FreePort.Next();

    public int SecondaryPort { get; } = FreePort.Next();

    public JsonObject Experiment { get; }

    public JsonObject Services => Experiment["extensions"]![0]!["services"]!.AsObject();

    private string[] RequireRandArguments =>
    [
        "--port", Text(RequireRandPort),
        "--server", $"primary=http://localhost:{PrimaryPort}",
        "--server", $"secondary=http://localhost:{SecondaryPort}",

        // Who answers is what the tests look at, and on a busy machine a first answer is slow.
        "--hedge-after", "60",
    ];

    public string Save(string name = "experiment.json") =>
        room.Write(name, Experiment.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));

    /// <summary>Starts a service by hand, as the walk-through does, and waits until it says that it listens.</summary>
    public Task StartPrimaryAsync() => StartAsync("primary", BuiltPrograms.RandServer, Text(PrimaryPort), "primary");

    public Task StartSecondaryAsync() => StartAsync("secondary", BuiltPrograms.RandServer, Text(SecondaryPort), "secondary");

    public Task StartRequireRandAsync(params string[] more) =>
        StartAsync("require_rand", BuiltPrograms.RequireRand, [.. RequireRandArguments, .. more]);

    public int Port(string service) => service switch
    {
        "require_rand" => RequireRandPort,
        "primary" => PrimaryPort,
        _ => SecondaryPort,
    };

    public bool IsListening(int port) => Turbulence.Platform.Sockets.ListeningProcess.Find(port).Count > 0;

    public async ValueTask DisposeAsync()
    {
        foreach (var process in running)
        {
            await process.TerminateGroupAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
            await process.DisposeAsync();
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static JsonArray Run(params string[] words) => [.. words.Select(word => JsonValue.Create(word))];

    private async Task StartAsync(string name, string program, params string[] arguments)
    {
        var options = new ProcessStartOptions { FileName = program, Arguments = arguments, WorkingDirectory = room.Path };
        Assert.True(ChildProcess.TryStart(options, out var process, out var failure), failure?.Message);
        running.Add(process);
        await Eventually.HoldsAsync(() =>
        {
            var isThere = File.Exists(room.File($"{name}.pid"));
            Assert.True(isThere || !process.Exited.IsCompleted, $"{name} ended");
            return isThere;
        });
    }
}
