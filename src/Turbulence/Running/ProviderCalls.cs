using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Options;
using Turbulence.Tolerances;

namespace Turbulence.Running;

/// <summary>
/// Calls the provider of an activity: as often as the activity asks for, within its time limit, and whatever the provider does.
/// </summary>
internal sealed class ProviderCalls(RunContext context)
{
    // Made once, and not for each activity.
    private readonly Action<string> warn = text => context.Events.Say(NoticeLevel.Warning, text);
    private readonly Action<NoticeLevel, string> say = context.Events.Say;

    /// <summary>Carries an activity out, again where it asks for that, each time within its time limit.</summary>
    /// <param name="activity">The activity, its references followed.</param>
    /// <param name="running">What belongs to it meanwhile.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ActivityResult> RunAsync(Activity activity, RunningActivity running, CancellationToken cancellationToken)
    {
        if (context.Compatible)
        {
            // The reference knows neither retries nor a time limit of the activity.
            return await WithinLimitAsync(activity, running, null, cancellationToken);
        }

        if (!ActivityAttempts.TryRead(activity, context.Values, out var attempts, out var problem))
        {
            // Carried out without the limit that it asks for, it would be another activity.
            return ActivityResult.Crashed(problem!);
        }

        for (var attempt = 1; ; attempt++)
        {
            var result = await WithinLimitAsync(activity, running, attempts.Limit, cancellationToken);
            ToleranceOutcome? until = null;
            if (result.End == ActivityEnd.Succeeded && attempts.Until is not null)
            {
                until = await ToleranceAsync(activity, attempts.Until, result.Output, running, cancellationToken);
            }

            if (result.End == ActivityEnd.Succeeded && until is null or { Met: true })
            {
                return result;
            }

            if (attempt > attempts.Retries || result.End == ActivityEnd.Crashed)
            {
                return until is null || result.End != ActivityEnd.Succeeded
                    ? result
                    : ActivityResult.Failed(
                        $"not as wanted after {attempt} attempts: {until.Rule}: expected {until.Expected}, got {until.Actual}");
            }

            context.Events.Say(
                NoticeLevel.Debug,
                $"Attempt {attempt} of {attempts.Retries + 1} of '{activity.Name}' was not the last: {result.Message ?? until?.Actual}");
            running.Turn.Leave();
            await Task.Delay(attempts.Interval, context.Time, cancellationToken);
        }
    }

    /// <summary>Holds an output against a tolerance, which may be a probe of its own.</summary>
    public ValueTask<ToleranceOutcome> ToleranceAsync(
        Activity activity, JsonNode? tolerance, JsonNode? output, RunningActivity running, CancellationToken cancellationToken) =>
        Tolerances.Tolerance.EvaluateAsync(
            new ToleranceCheck(tolerance, output)
            {
                Values = context.Values,
                Mask = context.Events.Mask,
                Compatibility = context.Options.Compatibility,
                ProviderType = activity.ProviderType,
                RunProbe = async (probe, token) =>
                {
                    running.Turn.Leave();
                    using var other = new OutputTurn(context.LargeOutputs, context.Time);
                    return await CallAsync(probe, new RunningActivity(running.Id, IsInBackground: false, other), token);
                },
            },
            cancellationToken);

    private async Task<ActivityResult> WithinLimitAsync(
        Activity activity, RunningActivity running, TimeSpan? limit, CancellationToken cancellationToken)
    {
        if (limit is not { } time)
        {
            return await CallAsync(activity, running, cancellationToken);
        }

        using var clock = new CancellationTokenSource(time, context.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            return await CallAsync(activity, running, both.Token);
        }
        catch (OperationCanceledException end) when (!cancellationToken.IsCancellationRequested)
        {
            return ActivityResult.Failed(string.Create(
                CultureInfo.InvariantCulture,
                $"activity took too long to complete: its time limit is {time.TotalSeconds} s{(end is UnendingException ? $"; {Unending.Text}" : "")}"));
        }
    }

    private async Task<ActivityResult> CallAsync(Activity activity, RunningActivity running, CancellationToken cancellationToken)
    {
        if (!context.Providers.TryGet(activity.ProviderType, out var provider))
        {
            return ActivityResult.Crashed($"unknown provider type '{activity.ProviderType}'");
        }

        var call = new ActivityCall(activity, context.Values)
        {
            Background = running.IsInBackground,
            Turn = running.Turn,
            Seed = RunSeed.Of(context.Options.Seed, running.Id),
            Progress = running.Progress,
            OpenSideFile = name => context.SideFiles.Open(running.Id, name),
            Compatibility = context.Options.Compatibility,
            Time = context.Time,
            Trace = context.Traces?.ParentFor(running.Id),
            Warn = warn,
            Say = say,
        };
        using var looking = activity.Type == ActivityType.Probe || activity.ProviderType == "load" ? context.Faults?.Look() : null;
        try
        {
            var result = provider.EndsByItself
                ? await provider.RunAsync(call, cancellationToken)
                : await Unending.WaitAsync(provider.RunAsync(call, cancellationToken).AsTask(), context.Time, cancellationToken);
            return !context.Compatible
                && result.End == ActivityEnd.Succeeded
                && ReportedFailure.Find(activity, result.Output, context.Events.Mask) is { } reported
                ? ActivityResult.Failed(reported)
                : result;
        }
        catch (OperationCanceledException end) when (cancellationToken.IsCancellationRequested)
        {
            if (end is UnendingException)
            {
                context.Events.Say(NoticeLevel.Warning, $"'{activity.Name}' does not end: {Unending.Text}");
            }

            throw;
        }
#pragma warning disable CA1031 // A mistake in a provider must not cost the user the rollbacks and the journal.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return ActivityResult.Crashed($"{error.GetType().Name}: {error.Message}", (error.StackTrace ?? "").Split('\n'));
        }
    }
}
