using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Rpc;
using Turbulence.Runs;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Agents;

/// <summary>
/// Serves one coordinator until he is gone, is not heard any more, or somebody stops it:
/// <code>
///   hello ─▶ who this is      plan ─▶ what would be hit, and its undo
///   inject ─▶ what was seen   renew (told, not asked)   look ─▶ how it stands   revert ─▶ what came of it
/// </code>
/// Every end of it takes everything back.
/// </summary>
internal sealed class AgentSession : IDisposable
{
    /// <summary>The version of what is spoken here. One that knows only another number is told by <c>hello</c>.</summary>
    public const int Protocol = 1;

    /// <summary>How long a coordinator may be silent while nothing of his is in; a lease is another matter.</summary>
    public static readonly TimeSpan MostSilence = TimeSpan.FromMinutes(2);

    private readonly RunPlace place;
    private readonly AgentFaults faults;
    private readonly RpcServer server;
    private readonly CancellationTokenSource over = new();
    private readonly ITimer silence;

    /// <summary>Makes one.</summary>
    /// <param name="place">This host.</param>
    /// <param name="writer">Sends to the coordinator.</param>
    public AgentSession(RunPlace place, MessageWriter writer)
    {
        this.place = place;
        faults = new AgentFaults(place);
        silence = place.Time.CreateTimer(_ => EndUnlessNeeded(), null, MostSilence, Timeout.InfiniteTimeSpan);
        server = new RpcServer(
            new Dictionary<string, RpcMethod>
            {
                ["hello"] = RpcMethod.Quick(_ => Welcome()),
                ["plan"] = new(PlanAsync),
                ["inject"] = new((parameters, stop) => faults.PutAsync(AgentOrder.Read(parameters), stop)),
                ["look"] = new((parameters, stop) => Find(parameters).LookAsync(stop)),
                ["revert"] = new((parameters, _) => Find(parameters).EndAsync()),
            },
            writer)
        {
            MostCalls = 256,
            Noted = Note,
            Heard = () => silence.Change(MostSilence, Timeout.InfiniteTimeSpan),
        };
    }

    /// <summary>Serves.</summary>
    /// <param name="input">What the coordinator sends.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Whether something that was put in may be left.</returns>
    public async Task<bool> ServeAsync(Stream input, CancellationToken stop)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, over.Token);
        var closing = new Lazy<Task<bool>>(faults.CloseAsync);
        await using var ending = both.Token.Register(() => _ = closing.Value);
        try
        {
            await server.ServeAsync(input, () => _ = closing.Value, both.Token);
        }
        finally
        {
            await closing.Value;
        }

        return await closing.Value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        silence.Dispose();
        over.Dispose();
        faults.Dispose();
    }

    private LeasedFault Find(JsonObject parameters) => faults.Find(AgentOrder.ReadId(parameters));

    private void Note(string method, JsonObject? parameters)
    {
        if (method == "renew")
        {
            faults.Renew();
        }
    }

    // What is in has its lease, and is gone by the next time.
    private void EndUnlessNeeded()
    {
        if (faults.AreOutstanding)
        {
            silence.Change(MostSilence, Timeout.InfiniteTimeSpan);
        }
        else
        {
            over.Cancel();
        }
    }

    private JsonObject Welcome() => new()
    {
        ["protocol"] = Protocol,
        ["version"] = ProgramVersion.Text,
        ["host"] = Environment.MachineName,
        ["user"] = Environment.UserName,
        ["system"] = RuntimeInformation.RuntimeIdentifier,
        ["process"] = Environment.ProcessId,
        ["kinds"] = AgentAnswers.Texts(place.Kinds.All.Select(static kind => kind.Description.Name)),
    };

    private async Task<JsonObject> PlanAsync(JsonObject parameters, CancellationToken stop)
    {
        var provider = AgentOrder.ReadProvider(parameters);
        var experiment = Chaos.Experiment("plan")
            .Method(method => method.Add(new JsonObject { ["type"] = "action", ["name"] = "plan", ["provider"] = provider }));
        await using var run = await experiment.Build().PrepareAsync(null, place, RunPurpose.Look);
        if (run.Refusal is { } refusal)
        {
            throw new RpcException(RpcException.NotDone, refusal.Text);
        }

        var planned = await run.PlanAsync().WaitAsync(stop);
        var change = planned.Stages.SelectMany(static stage => stage.Activities).Select(static activity => activity.Change)
            .OfType<PlannedChange>().Single();
        return change.Problem is { } problem
            ? throw new RpcException(RpcException.NotDone, problem)
            : new JsonObject
            {
                ["does"] = change.Does,
                ["targets"] = AgentAnswers.Texts(change.Targets.Select(static target => target.Text)),
                ["undo"] = change.Undo,
                ["is_irreversible"] = change.IsIrreversible,
            };
    }
}
