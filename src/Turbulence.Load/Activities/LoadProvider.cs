using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Activities.Http;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Load.Meters;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;
using Turbulence.Tolerances.Loads;

namespace Turbulence.Load.Activities;

/// <summary>
/// <c>load</c>: sends requests on a schedule, and returns what became of them: <c>{"intended", "outcomes", "lost", "latency_ms",
/// "schedule_lag_ms", "faults", "samples"}</c>. It is inconclusive where the load itself was the bottleneck. It hears of the faults of the
/// run, so that its meter says what each cost.
/// </summary>
public sealed class LoadProvider : IActivityProvider, IRunObserver
{
    private const string SamplesName = "samples.csv";
    private static readonly TimeSpan ProgressPace = TimeSpan.FromMilliseconds(250);
    private readonly CertificateBundles bundles = new();
    private readonly FaultNews news = new();

    /// <inheritdoc/>
    public string Type => "load";

    /// <inheritdoc/>
    public void Validate(ActivityValidation validation)
    {
        ArgumentNullException.ThrowIfNull(validation);
        new LoadDeclaration(validation.Activity.Provider, validation.Path["provider"], validation.Problems.Error).Read(endless: false);
        if (validation.Activity.Tolerance is JsonObject limits && LoadReading.Text(limits["type"]) == Type)
        {
            var hasClasses = LoadDeclaration.HasClasses(validation.Activity.Provider);
            LoadLimits.ValidateClasses(limits, hasClasses, validation.Path["tolerance"], validation.Problems.Error);
        }
    }

    /// <inheritdoc/>
    public void On(RunEvent happened) => news.On(happened);

    /// <inheritdoc/>
    public ValueTask<PlannedChange?> PlanAsync(ActivityPlanning planning, CancellationToken cancellationToken) =>
        ValueTask.FromResult<PlannedChange?>(null);

    /// <inheritdoc/>
    public async ValueTask<ActivityResult> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        cancellationToken.ThrowIfCancellationRequested();
        if (!call.TrySubstitute(call.Activity.Provider, out var provider, out var failure))
        {
            return failure;
        }

        string? problem = null;
        var declared = new LoadDeclaration((JsonObject)provider!, Documents.DocumentPath.Root, (_, wrong) => problem ??= wrong)
        {
            Bundles = bundles,
        };
        var plan = declared.Read(endless: false, call.Seed);
        return plan is null ? ActivityResult.Failed(problem ?? "the load cannot be read") : await SendAsync(call, plan, cancellationToken);
    }

    private async Task<ActivityResult> SendAsync(ActivityCall call, LoadPlan plan, CancellationToken cancellationToken)
    {
        SideFile file;
        try
        {
            file = call.OpenSideFile(SamplesName);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ActivityResult.Failed($"the samples of the load cannot be written: {failure.Message}");
        }

        var samples = file.Name is null ? null : new SampleFile(file, LoadGenerator.NamesOf(plan));
        var meter = new FailoverMeter(LoadGenerator.NamesOf(plan));
        var timeline = new LoadTimeline();
        var pulse = new LoadPulse();
        LoadResult result;
        string? incomplete = null;
        try
        {
            List<ILoadSink> sinks = [meter, timeline, pulse];
            var generator = new LoadGenerator(plan, call.Time, new LoadSinks(samples is null ? sinks : [.. sinks, samples]));
            news.Join(meter, generator);
            var sending = generator.RunAsync(cancellationToken);
            while (await Task.WhenAny(sending, Task.Delay(ProgressPace, call.Time, CancellationToken.None)) != sending)
            {
                Tell(LoadJson.Of(generator.Current), generator.Now);
            }

            result = await sending;
            Tell(LoadJson.Of(result), long.MaxValue);
        }
        catch (IOException failure)
        {
            return ActivityResult.Failed($"the load could not be sent: {failure.Message}");
        }
        finally
        {
            news.Leave(meter);
            if (samples is null)
            {
                file.Dispose();
            }
            else
            {
                incomplete = await samples.EndAsync();
            }
        }

        if (incomplete is not null)
        {
            call.Warn(incomplete);
        }

        var (requests, lost) = (LoadWords.Requests(result.Intended), LoadWords.Lost(result.Lost));
        call.Say(NoticeLevel.Information, $"{call.Activity.Name}: {requests}, {lost}, p99 {LoadWords.Time(result.Latency.P99)}");
        var output = LoadJson.Of(result);
        if (meter.Costs.Count > 0)
        {
            MeterJson.AddTo(output, meter);
        }

        output["timeline"] = timeline.ToJson();
        output["samples"] = file.Name;
        if (cancellationToken.IsCancellationRequested)
        {
            // What users felt until then is not lost with what would have come.
            throw new InterruptedActivityException(output, cancellationToken);
        }

        return result.Bottleneck is { } bottleneck ? ActivityResult.Inconclusive(bottleneck, output)

            // What was lost was lost, however late the load was by then.
            : ActivityResult.Succeeded(output) with { Doubt = result.Lost == 0 ? result.Doubt : null };

        void Tell(JsonObject figures, long now)
        {
            figures["parts"] = pulse.Take(now)["parts"]!.DeepClone();
            call.Progress(figures);
        }
    }
}
