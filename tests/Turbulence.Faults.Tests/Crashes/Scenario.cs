using System.Text.Json.Nodes;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>A small system for one kind of fault to hit, and the look whether it is as it was.</summary>
internal abstract class Scenario(string kind) : IAsyncDisposable
{
    private static readonly Dictionary<string, Func<Scenario>> All = new()
    {
        ["test.file"] = static () => new FileScenario(),
    };

    /// <summary>The kinds that have a scenario and exist here.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Keys.Where(name => name == "test.file" || FaultKinds.BuiltIn.TryGet(name, out _))];

    /// <summary>The program that is run.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("FAULT_RUNNER") ?? Path.Combine(AppContext.BaseDirectory, "fault-runner");

    public Room Room { get; } = new();

    /// <summary>Makes the system.</summary>
    public static async Task<Scenario> PrepareAsync(string kind)
    {
        var scenario = All[kind]();
        await scenario.PrepareAsync();
        return scenario;
    }

    /// <summary>What is not as it was, in one line; null for nothing.</summary>
    public abstract string? Residue();

    /// <summary>Starts a run with the fault.</summary>
    public RunnerProcess Start(string variables) =>
        RunnerProcess.Start(Room, ["run", kind, Arguments().ToJsonString()], variables);

    /// <summary>Waits until no process of the run is left: neither runner nor guardian.</summary>
    public async Task QuietAsync()
    {
        using var deadline = new CancellationTokenSource(RunnerProcess.Deadline);
        while (ProcessTable.List().Any(process => process.IsAlive && process.Name.StartsWith("fault-runner", StringComparison.Ordinal)
            && ProcessTable.CommandLine(process.Id) is { } line && (line.Contains("guard") || line.Contains("run"))
            && ProcessTable.Environment(process.Id)?.GetValueOrDefault(StateFolder.Variable) == Room.State))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, deadline.Token);
        }
    }

    /// <summary>What the run left to read.</summary>
    public string Story() => string.Join('\n', [
        .. Room.Records(),
        .. Room.Records().Select(file => File.ReadAllText(Path.Combine(Room.State, file))),
        File.Exists(Room["errors"]) ? File.ReadAllText(Room["errors"]) : ""]);

    public virtual ValueTask DisposeAsync()
    {
        Room.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Starts what is hit.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>The arguments of the fault.</summary>
    protected abstract JsonObject Arguments();
}
