using System.Text.Json.Nodes;
using Turbulence.Activities.Http;
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
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource finish = new();
    private readonly CancellationTokenSource cancel = new();
    private readonly LoadTimeline timeline = new();
    private readonly LoadPulse pulse = new();
    private readonly FaultNews news = new();
    private JsonObject? limits;
    private FailoverMeter? meter;
    private ITimer? ticks;
    private Action<JsonObject>? tell;
    private Task<LoadResult>? sending;

    /// <inheritdoc/>
    public bool IsJudged => declared["tolerance"] is not null;

    /// <inheritdoc/>
    public ValueTask<string?> StartAsync(ResolvedValues values, int seed, Action<JsonObject> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(progress);
        cancellationToken.ThrowIfCancellationRequested();
        List<string> unresolved = [];
        var given = Substitution.Apply(declared, values, unresolved)!;
        if (unresolved.Count > 0)
        {
            return ValueTask.FromResult<string?>(
                $"{string.Join(", ", unresolved.Distinct().Select(static name => $"${{{name}}}"))} has no value in the configuration or the secrets");
        }

        if (UserBlock.Read(given, seed, new CertificateBundles(), out var problem) is not { } plan)
        {
            return ValueTask.FromResult<string?>(problem);
        }

        limits = given["tolerance"] as JsonObject;
        meter = new FailoverMeter(LoadGenerator.NamesOf(plan));
        var generator = new LoadGenerator(plan, time, new LoadSinks(timeline, meter, pulse));
        news.Join(meter, generator);
        sending = generator.RunAsync(cancel.Token, finish.Token);
        tell = progress;
        ticks = time.CreateTimer(_ => progress(pulse.Take(generator.Now)), null, Pace, Pace);
        return ValueTask.FromResult<string?>(null);
    }

    /// <inheritdoc/>
    public async ValueTask<UsersMeasured> EndAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await StopTellingAsync();
        await finish.CancelAsync();
        await using var asked = cancellationToken.Register(cancel.Cancel);
        try
        {
            var result = await sending!;
            tell!(pulse.Take(long.MaxValue));
            var figures = LoadJson.Of(result);
            MeterJson.AddTo(figures, meter!);
            var (missed, unproven) = limits is null ? ([], []) : UserJudgement.Of(limits, figures, result);
            if (limits is not null)
            {
                figures["tolerance"] = limits.DeepClone();
                figures["tolerance_met"] = missed.Count + unproven.Count == 0;
            }

            figures["timeline"] = timeline.ToJson();
            IReadOnlyList<string> lines = [.. UserWords.Of(result, meter!.Costs, meter.LeftOut)];
            return new UsersMeasured(now, figures, lines) { Missed = missed, Unproven = unproven };
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException)
        {
            var problem = $"users: what they felt is not known: {failure.Message}";
            return new UsersMeasured(now, new JsonObject { ["problem"] = failure.Message }, [problem])
            {
                Unproven = limits is null ? [] : [problem],
            };
        }
    }

    /// <inheritdoc/>
    public void On(RunEvent happened) => news.On(happened);

    /// <summary>Ends what may still be sent.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopTellingAsync();
        await cancel.CancelAsync();
        if (sending is not null)
        {
            await sending.ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        cancel.Dispose();
        finish.Dispose();
    }

    private async ValueTask StopTellingAsync()
    {
        if (ticks is not null)
        {
            await ticks.DisposeAsync();
        }
    }
}
