using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Experiments;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;

namespace Turbulence.Load.Activities;

/// <summary>
/// <c>load</c>: sends requests on a schedule, and returns what became of them: <c>{"intended", "outcomes", "lost", "latency_ms", "schedule_lag_ms", "samples"}</c>. It is inconclusive
/// where the load itself was the bottleneck.
/// </summary>
public sealed class LoadProvider : IActivityProvider
{
    private const string SamplesName = "samples.csv";
    private static readonly TimeSpan ProgressPace = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public string Type => "load";

    /// <inheritdoc/>
    public void Validate(ActivityValidation validation)
    {
        ArgumentNullException.ThrowIfNull(validation);
        new LoadDeclaration(validation.Activity.Provider, validation.Path["provider"], validation.Problems.Error).Read(endless: false);
    }

    /// <inheritdoc/>
    public ValueTask<PlannedChange?> PlanAsync(ActivityPlanning planning, CancellationToken cancellationToken) => ValueTask.FromResult<PlannedChange?>(null);

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
        var plan = new LoadDeclaration((JsonObject)provider!, Documents.DocumentPath.Root, (_, wrong) => problem ??= wrong).Read(endless: false, call.Seed);
        return plan is null ? ActivityResult.Failed(problem ?? "the load cannot be read") : await SendAsync(call, plan, cancellationToken);
    }

    private static async Task<ActivityResult> SendAsync(ActivityCall call, LoadPlan plan, CancellationToken cancellationToken)
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

        var samples = file.Name is null ? null : new SampleFile(file, new OutcomeNames([.. plan.Classes.Select(static one => one.Name)]));
        LoadResult result;
        string? incomplete = null;
        try
        {
            var generator = new LoadGenerator(plan, call.Time, samples);
            var sending = generator.RunAsync(cancellationToken);
            while (await Task.WhenAny(sending, Task.Delay(ProgressPace, call.Time, CancellationToken.None)) != sending)
            {
                call.Progress(LoadJson.Of(generator.Current));
            }

            result = await sending;
        }
        catch (IOException failure)
        {
            return ActivityResult.Failed($"the load could not be sent: {failure.Message}");
        }
        finally
        {
            if (samples is null)
            {
                file.Dispose();
            }
            else
            {
                incomplete = await samples.EndAsync();
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (incomplete is not null)
        {
            call.Warn(incomplete);
        }

        call.Say(Events.NoticeLevel.Information, string.Create(CultureInfo.InvariantCulture, $"{result.Intended} requests, {result.Lost} lost, p99 {result.Latency.P99:0.##} ms"));
        var output = LoadJson.Of(result);
        output["samples"] = file.Name;
        return result.Bottleneck is { } bottleneck ? ActivityResult.Inconclusive(bottleneck, output)

            // What was lost was lost, however late the load was by then.
            : ActivityResult.Succeeded(output) with { Doubt = result.Lost == 0 ? result.Doubt : null };
    }
}
