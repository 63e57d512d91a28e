using System.Text.Json.Nodes;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Processes;
using Turbulence.Proxy;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>A small system for one kind of fault to hit, and the look whether it is as it was.</summary>
internal abstract class Scenario(string kind) : IAsyncDisposable
{
    private static readonly Dictionary<string, Func<Scenario>> All = new()
    {
        ["test.file"] = static () => new FileScenario("test.file"),
        ["clock.skew"] = static () => new ClockScenario(),
        ["dns.hosts"] = static () => new FileScenario(
            "dns.hosts", "127.0.0.1 localhost\n", "file", new JsonObject { ["host"] = "db.example" }),
        ["dotnet.exception"] = static () => new InnerScenario("dotnet.exception", new JsonObject { ["rate"] = 10 }),
        ["dotnet.gc"] = static () => new InnerScenario("dotnet.gc", new JsonObject { ["share"] = 0.01 }),
        ["dotnet.http"] = static () => new InnerScenario("dotnet.http", new JsonObject { ["delay"] = 0.1 }),
        ["dotnet.lock"] = static () => new InnerScenario(
            "dotnet.lock", new JsonObject { ["type"] = "InnerTarget.Work", ["field"] = "Gate", ["hold"] = 0.01 }),
        ["dotnet.memory"] = static () => new InnerScenario("dotnet.memory", new JsonObject { ["bytes"] = "1MiB" }),
        ["dotnet.request"] = static () => new InnerScenario("dotnet.request", new JsonObject { ["status"] = 503 }),
        ["dotnet.span"] = static () => new InnerScenario(
            "dotnet.span", new JsonObject { ["source"] = "InnerTarget.Work", ["exception"] = "System.TimeoutException" }),
        ["dotnet.threadpool"] = static () => new InnerScenario("dotnet.threadpool", new JsonObject { ["workers"] = 1 }),
        ["file.corrupt"] = static () => new FileScenario("file.corrupt", new string('x', 10_000)),
        ["file.missing"] = static () => new FileScenario("file.missing", "content"),
        ["file.readonly"] = static () => new FileScenario("file.readonly", "content"),
        ["network.bandwidth"] = static () => new NetworkScenario("network.bandwidth", new JsonObject { ["rate"] = 1 }),
        ["network.blackhole"] = static () => new NetworkScenario("network.blackhole"),
        ["network.corrupt"] = static () => new NetworkScenario("network.corrupt"),
        ["network.http.abort"] = static () => new NetworkScenario("network.http.abort"),
        ["network.http.body"] = static () => new NetworkScenario("network.http.body"),
        ["network.http.delay"] = static () => new NetworkScenario("network.http.delay", new JsonObject { ["delay"] = 1 }),
        ["network.http.header"] = static () => new NetworkScenario("network.http.header"),
        ["network.http.lost"] = static () => new NetworkScenario("network.http.lost"),
        ["network.http.status"] = static () => new NetworkScenario("network.http.status"),
        ["network.duplicate"] = static () => new NetworkScenario("network.duplicate", protocol: ProxyProtocol.Udp),
        ["network.latency"] = static () => new NetworkScenario("network.latency", new JsonObject { ["latency"] = 1 }),
        ["network.limit"] = static () => new NetworkScenario("network.limit", new JsonObject { ["bytes"] = 1 }),
        ["network.loss"] = static () => new NetworkScenario("network.loss", protocol: ProxyProtocol.Udp),
        ["network.partition"] = static () => new NetworkScenario("network.partition"),
        ["network.refuse"] = static () => new NetworkScenario("network.refuse"),
        ["network.reorder"] = static () => new NetworkScenario("network.reorder", protocol: ProxyProtocol.Udp),
        ["network.reset"] = static () => new NetworkScenario("network.reset"),
        ["network.slow_close"] = static () => new NetworkScenario("network.slow_close", new JsonObject { ["delay"] = 1 }),
        ["network.drop"] = static () => new PacketScenario("network.drop"),
        ["network.reject"] = static () => new PacketScenario("network.reject"),
        ["process.kill"] = static () => new ProcessScenario("process.kill"),
        ["process.pause"] = static () => new ProcessScenario("process.pause"),
        ["process.restart"] = static () => new ProcessScenario("process.restart"),
        ["stress.cpu"] = static () => new StressScenario("stress.cpu", new JsonObject { ["cores"] = 1, ["share"] = 0.05 }),
        ["stress.disk"] = static () => new StressScenario("stress.disk", new JsonObject { ["bytes"] = "1MiB" }, isOnDisk: true),
        ["stress.fd"] = static () => new StressScenario("stress.fd", new JsonObject { ["count"] = 10 }),
        ["stress.io"] = static () => new StressScenario("stress.io", new JsonObject { ["bytes"] = "64KiB" }, isOnDisk: true),
        ["stress.memory"] = static () => new StressScenario("stress.memory", new JsonObject { ["bytes"] = "8MiB" }),
        ["stress.threads"] = static () => new StressScenario("stress.threads", new JsonObject { ["count"] = 5 }),
        ["syscall.delay"] = static () => new SystemCallScenario("syscall.delay", new JsonObject { ["delay"] = 60 }),
        ["syscall.error"] = static () => new SystemCallScenario("syscall.error", new JsonObject { ["error"] = "EMFILE" }),
    };

    private Room? room;

    /// <summary>The kind of fault.</summary>
    protected string Kind { get; } = kind;

    /// <summary>The kinds that have a scenario and exist here.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. All.Keys.Where(name => name == "test.file" || BuiltInKinds.All.TryGet(name, out _))];

    /// <summary>
    /// The kinds for a way in which somebody dies. Without the gate each kind goes some of the ways, and each way is gone by some of the
    /// kinds.
    /// </summary>
    /// <param name="way">The number of the way, another for each test.</param>
    public static TheoryData<string> NamesFor(int way) => Share.Of(new TheoryData<string>(Names), 6, way);

    // One of each sort, which dies at every point: the ledger's way is the same for all kinds, and what a point finds of the fault is not.
    private static readonly string[] Thorough = ["test.file", "process.kill", "network.latency", "dotnet.http"];

    // What a child of the run does, or a tracer, has more places to be left in than what a single call does.
    private static readonly string[] Closely = ["file.missing", "stress.cpu", "syscall.delay"];

    private static readonly bool IsEvery = Environment.GetEnvironmentVariable("TURBULENCE_POINTS") == "every";

    // Kinds that are one class each and differ in data alone; of each class those that stand here have code of their own.
    private static readonly Dictionary<string, string[]> Classes = new()
    {
        // One with a single proxy and one with two; and a table in the packet filter, whose like is network.reject.
        ["network."] = ["network.latency", "network.partition", "network.drop"],
        ["dotnet."] = ["dotnet.http"],
        ["stress."] = ["stress.cpu", "stress.disk"],

        // Where the tracer dies in the middle of a delay the kernel has more to put right than where it returns an error.
        ["syscall."] = ["syscall.delay"],
    };

    /// <summary>By how many points the deaths of a kind are apart that differs from another one in data alone.</summary>
    public const int Alike = 23;

    private const int Close = 3;
    private const int OfAnotherKind = 6;

    /// <summary>
    /// By how many points the deaths of a kind are apart: 1 for one of each sort, more for a kind with code of its own, most for one that
    /// differs from another in data alone. TURBULENCE_POINTS=every lets all of them die at every point, which takes most of an hour.
    /// </summary>
    public static int StepOf(string kind) => IsEvery || Thorough.Contains(kind) ? 1
        : Closely.Contains(kind) ? Close
        : Classes.Any(one => kind.StartsWith(one.Key, StringComparison.Ordinal) && !one.Value.Contains(kind)) ? Alike
        : OfAnotherKind;

    /// <summary>The program that is run.</summary>
    public static string Program { get; } = BuiltProgram.Shipped("FaultRunner", "fault-runner");

    public Room Room => room ?? throw new InvalidOperationException("The system is not made yet.");

    /// <summary>Makes the system.</summary>
    /// <param name="kind">The kind of fault that is to hit it.</param>
    /// <param name="disk">The folder of the disk that it is to be on; null for a temporary one.</param>
    public static async Task<Scenario> PrepareAsync(string kind, string? disk = null)
    {
        var scenario = All[kind]();
        await scenario.PrepareInAsync(disk);
        return scenario;
    }

    /// <summary>Makes the system.</summary>
    /// <param name="disk">The folder of the disk that it is to be on; null for a temporary one.</param>
    protected async Task PrepareInAsync(string? disk)
    {
        room = new Room(disk);
        await PrepareAsync();
    }

    /// <summary>What is not as it was, in one line; null for nothing.</summary>
    public abstract string? Residue();

    /// <summary>More variables that the run starts with, without a blank in them. Default: none.</summary>
    public virtual string Variables => "";

    /// <summary>Starts a run with the fault.</summary>
    public RunnerProcess Start(string variables) =>
        RunnerProcess.Start(Room, ["run", Kind, Arguments().ToJsonString()], $"{variables} {Variables}");

    /// <summary>Waits until no process of the run is left: neither runner nor guardian.</summary>
    public async Task QuietAsync()
    {
        using var deadline = new CancellationTokenSource(RunnerProcess.Deadline);
        while (ProcessTable.List().Any(IsOfTheRun) || Room.Ledger.Read().Runs.Any(run => run.IsAttended))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, deadline.Token);
        }
    }

    // A process that is just dying has no environment any more, and still stands in the table: hence the ledger is asked as well.
    private bool IsOfTheRun(ProcessStatus process) => process.IsAlive && process.Name.StartsWith("fault-runner", StringComparison.Ordinal)
        && ProcessTable.CommandLine(process.Id) is { } line && (line.Contains("guard") || line.Contains("run"))
        && ProcessTable.Environment(process.Id)?.GetValueOrDefault(StateFolder.Variable) == Room.State;

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
