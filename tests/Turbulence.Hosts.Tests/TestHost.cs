using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Hosts.Activities;
using Turbulence.Hosts.Workers;
using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Hosts.Tests;

/// <summary>A host of scripted workers, and an activity provider over it.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    public TestHost(
        IWorkerRuntime? runtime = null,
        Compatibility compatibility = Compatibility.None,
        long? memoryLimit = null,
        TimeProvider? time = null)
    {
        var settings = new WorkerSettings("1", Path.GetTempPath())
        {
            Compatibility = compatibility,
            Time = time ?? TimeProvider.System,
            Exit = Exits.Enqueue,
            Say = (level, text) => Said.Enqueue((level, text)),
        };
        Host = new WorkerHost(
            runtime ?? new ScriptedRuntime(), memoryLimit is { } limit ? settings with { MemoryLimit = limit } : settings);
        Provider = new PythonProvider(Host);
        Compatibility = compatibility;
    }

    public WorkerHost Host { get; }

    public PythonProvider Provider { get; }

    public Compatibility Compatibility { get; }

    public ResolvedValues Values { get; init; } = ResolvedValues.Empty;

    public ConcurrentQueue<(NoticeLevel Level, string Text)> Said { get; } = [];

    public ConcurrentQueue<int> Exits { get; } = [];

    /// <summary>The session of the worker that runs now.</summary>
    public int Session => Assert.Single(Host.ProcessIds);

    public static Activity Declare(string part, string? arguments = null) => new(new JsonObject
    {
        ["type"] = "action",
        ["name"] = part,
        ["provider"] = new JsonObject
        {
            ["type"] = "python",
            ["module"] = "parts",
            ["func"] = part,
            ["arguments"] = arguments is null ? null : JsonNode.Parse(arguments),
        },
    });

    /// <summary>
    /// Stops the worker that runs now, and waits until each of its threads has stopped: one that was woken up for it may read before.
    /// </summary>
    /// <returns>What ends it or lets it go on.</returns>
    public async Task<ProcessHandle> StopAsync()
    {
        Assert.True(ProcessHandle.TryOpen(Session, out var worker, out _));
        worker.Signal(PosixSignalNumber.Stop);
        while (Directory
            .GetDirectories($"/proc/{Session}/task")
            .Any(thread => !File.ReadAllText(Path.Combine(thread, "stat")).Contains(") T ", StringComparison.Ordinal)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        return worker;
    }

    public static bool AnyIn(int session) => ProcessTable.List().Any(process => process.SessionId == session && process.IsAlive);

    public Task<ActivityResult> PlayAsync(string part, string? arguments = null, CancellationToken? cancellationToken = null) =>
        PlayAsync(Declare(part, arguments), cancellationToken);

    public async Task<ActivityResult> PlayAsync(Activity activity, CancellationToken? cancellationToken = null) => await Provider.RunAsync(
        new ActivityCall(activity, Values)
        {
            Compatibility = Compatibility,
            Say = (level, text) => Said.Enqueue((level, text)),
        },
        cancellationToken ?? TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
