using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Load.Meters;
using Turbulence.Load.Outcomes;
using Turbulence.Running.Users;
using Turbulence.Values;

namespace Turbulence.Load.Users;

/// <summary>The users of a run: a load that goes on through all of it, and a meter that hears of the run's faults.</summary>
/// <param name="declared">Where they go, and how many they are; not changed.</param>
/// <param name="time">The clock.</param>
public sealed class UserLoad(JsonNode declared, TimeProvider time) : IUserLoad, IRunObserver, IAsyncDisposable
{
    private readonly CancellationTokenSource finish = new();
    private readonly CancellationTokenSource cancel = new();
    private readonly LoadTimeline timeline = new();
    private LoadGenerator? generator;
    private FailoverMeter? meter;
    private Task<LoadResult>? sending;

    /// <inheritdoc/>
    public ValueTask<string?> StartAsync(ResolvedValues values, int seed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<string> unresolved = [];
        var given = Substitution.Apply(declared, values, unresolved)!;
        if (unresolved.Count > 0)
        {
            return ValueTask.FromResult<string?>($"{string.Join(", ", unresolved.Distinct().Select(static name => $"${{{name}}}"))} has no value in the configuration or the secrets");
        }

        if (UserBlock.Read(given, seed, out var problem) is not { } plan)
        {
            return ValueTask.FromResult<string?>(problem);
        }

        var sink = new Sinks(this);
        generator = new LoadGenerator(plan, time, sink);
        meter = new FailoverMeter(generator.Names);
        sending = generator.RunAsync(cancel.Token, finish.Token);
        return ValueTask.FromResult<string?>(null);
    }

    /// <inheritdoc/>
    public async ValueTask<UsersMeasured> EndAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await finish.CancelAsync();
        await using var asked = cancellationToken.Register(cancel.Cancel);
        try
        {
            var result = await sending!;
            var costs = meter!.Costs;
            var figures = LoadJson.Of(result);
            figures["faults"] = new JsonArray([.. costs.Select(MeterJson.Of)]);
            if (meter.LeftOut is > 0 and var leftOut)
            {
                figures["faults_left_out"] = leftOut;
            }

            figures["timeline"] = timeline.ToJson();
            return new UsersMeasured(now, figures, [.. UserWords.Of(result, costs, meter.LeftOut)]);
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException)
        {
            return new UsersMeasured(now, new JsonObject { ["problem"] = failure.Message }, [$"users: what they felt is not known: {failure.Message}"]);
        }
    }

    /// <inheritdoc/>
    public void On(RunEvent happened)
    {
        if (happened is not FaultChanged { Fault: { } fault } || generator is not { } load || meter is not { } told)
        {
            return;
        }

        if (fault.State == FaultState.Injecting)
        {
            told.Begin(fault.Id, load.Now);
        }
        else if (fault.State is FaultState.Reverted or FaultState.Confirmed)
        {
            told.End(fault.Id, load.Now);
        }
    }

    /// <summary>Ends what may still be sent.</summary>
    public async ValueTask DisposeAsync()
    {
        await cancel.CancelAsync();
        if (sending is not null)
        {
            await sending.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        cancel.Dispose();
        finish.Dispose();
    }

    private sealed class Sinks(UserLoad users) : ILoadSink
    {
        public void Add(in LoadSample sample)
        {
            users.timeline.Add(sample);
            users.meter!.Add(sample);
        }
    }
}
