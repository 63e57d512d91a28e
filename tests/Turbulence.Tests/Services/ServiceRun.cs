using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Platform.Processes;
using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Tests.Services;

/// <summary>
/// Starts services in a folder of its own, and keeps what was told of them; what still runs there at the end is a defect, and ended.
/// </summary>
internal sealed class ServiceRun : IRunObserver, IAsyncDisposable
{
    private readonly ConcurrentQueue<ServiceChanged> events = new();
    private readonly ConcurrentQueue<string> notices = new();
    private readonly TemporaryFolder folder = new();
    private readonly string mark = RunMark.New();
    private readonly ServiceSupervisor supervisor;
    private readonly RunEvents runEvents;

    public ServiceRun(
        string services, JsonObject? configuration = null, JsonObject? secrets = null,
        IReadOnlyDictionary<string, string>? variables = null, IProxyHost? proxies = null,
        TimeProvider? time = null)
    {
        var values = new ResolvedValues(configuration ?? [], secrets ?? []);
        var document = new JsonObject
        {
            ["extensions"] = new JsonArray(new JsonObject { ["name"] = "turbulence", ["services"] = JsonNode.Parse(services) }),
        };
        runEvents = new RunEvents("run", TimeProvider.System, SecretMask.For(values), new Lock(), [this]);
        var environment = new RunEnvironment(variables, folder.Path, mark);
        supervisor = new ServiceSupervisor(
            new Experiment(document, new DocumentMap(), "e.json", folder.Path),
            values,
            new ProxySupervisor(proxies, seed: 7, runEvents, environment, Receipts, TimeProvider.System),
            runEvents,
            environment,
            time ?? TimeProvider.System);
    }

    public ServiceSupervisor Supervisor => supervisor;

    /// <summary>The journal beside which receipts are kept; null for none.</summary>
    public string? Journal { get; init; }

    public string Path => folder.Path;

    /// <summary>Each step as <c>name state</c>, in the order in which they were told.</summary>
    public IReadOnlyList<string> Steps => [.. events.Select(changed => $"{changed.Name} {changed.State}".ToLowerInvariant())];

    public IReadOnlyList<string> Details => [.. events.Select(changed => changed.Detail)];

    public IReadOnlyList<string> Notices => [.. notices];

    public string File(string name) => folder[name];

    public Task<IReadOnlyList<string>> StartAsync(CancellationToken? cancellationToken = null) =>
        supervisor.StartAsync(cancellationToken ?? TestContext.Current.CancellationToken);

    /// <summary>A control makes these the secrets of the run.</summary>
    public void Renew(params string[] secrets) => runEvents.Renew(SecretMask.Of(secrets));

    public Task<IReadOnlyList<string>> StopAsync() => supervisor.StopAsync();

    /// <summary>What of the run is alive, whoever is its parent by now.</summary>
    public IReadOnlyList<ProcessStatus> Left() =>
        [.. ProcessTable.List().Where(process => process.IsAlive && RunMark.IsOf(process.Id, mark))];

    private ReceiptFile? Receipts() =>
        new SideFiles(Journal).MakeOfRun(ReceiptFile.FileName) is { } made ? new ReceiptFile(made, runEvents.Mask) : null;

    public void On(RunEvent happened)
    {
        if (happened is ServiceChanged changed)
        {
            events.Enqueue(changed);
        }
        else if (happened is Notice notice)
        {
            notices.Enqueue(notice.Text);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await supervisor.StopAsync();
        foreach (var left in Left())
        {
            if (ProcessHandle.TryOpen(left.Identity, out var handle, out _))
            {
                handle.Signal(PosixSignalNumber.Kill);
                handle.Dispose();
            }
        }

        folder.Dispose();
    }
}
