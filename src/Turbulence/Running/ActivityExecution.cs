using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Controls;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Journals;
using Turbulence.Options;
using Turbulence.Tolerances;

namespace Turbulence.Running;

/// <summary>
/// Carries one activity out:
/// <code>
///   declared ─ (1) follow the ref ─ before-hooks ─ (2) pause before ─ (3) told as started ─ (4) dry? ──────────────┐
///                                                        │ no                                       │
///                                                       (5) provider, within the time limit         │
///                                                       (6) does an action report a failure?        │
///                                                       (7) tolerance ─────────────────────────────(8) told as ended
///                                                                                                   │
///                                                                                      (9) pause after ─ after-hooks
/// </code>
/// Whatever goes wrong on the way ends at (8) with a record that says so; only a cancellation is thrown.
/// </summary>
internal sealed class ActivityExecution(RunContext context)
{
    /// <summary>Carries <paramref name="declared"/> out.</summary>
    /// <param name="declared">The activity as the experiment lists it, possibly a reference.</param>
    /// <param name="phase">The stage that it belongs to.</param>
    /// <param name="background">Whether the stage goes on meanwhile.</param>
    /// <param name="cancellationToken">Ends the activity and its pauses at once.</param>
    /// <returns>The record of the activity.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; the record told by then has no end state.</exception>
    public Task<ActivityRun> RunAsync(Activity declared, RunPhase phase, bool background, CancellationToken cancellationToken)
    {
        var target = declared.Reference is { } name ? context.Experiment.FindReferenced(name) : declared;
        if (target is null)
        {
            return Task.FromResult(
                Unstarted(declared, phase, background, $"referenced activity '{declared.Reference}' could not be found in the experiment"));
        }

        var round = context.Controls.Around(ControlLevel.Activity, target.Declaration);
        return round.IsEmpty
            ? PlayAsync(declared, target, phase, background, cancellationToken)
            : ControlledAsync(round, declared, target, phase, background, cancellationToken);
    }

    /// <summary>Carries a probe out beside the run: no event tells of it, and no control and no pause belongs to it.</summary>
    /// <param name="declared">The probe, possibly a reference.</param>
    /// <param name="limitOf">How long the probe may take, its tolerance included; null for no limit but its own.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its record, held against its tolerance.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ActivityRun> WatchAsync(Activity declared, Func<Activity, TimeSpan?> limitOf, CancellationToken cancellationToken)
    {
        var target = declared.Reference is { } name ? context.Experiment.FindReferenced(name) : declared;
        var run = new ActivityRun(context.NextActivity(), target ?? declared, RunPhase.During, Background: true, context.Events.Now);
        if (target is null)
        {
            return Judged(run with { End = ActivityEnd.Crashed, Message = $"referenced activity '{declared.Reference}' could not be found in the experiment" }, false);
        }

        using var turn = new OutputTurn(context.LargeOutputs, context.Time);
        using var clock = new CancellationTokenSource(limitOf(target) ?? Timeout.InfiniteTimeSpan, context.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            // Who does not listen to the token is not waited for either.
            var result = await Task.Run(() => AttemptsAsync(target, background: true, turn, both.Token), CancellationToken.None).WaitAsync(both.Token);
            run = run with { End = result.End, Output = result.Output, Message = result.Message, Trace = result.Trace, Ended = context.Events.Now };
            return await HeldAgainstAsync(run, Tolerance(declared, target), RunPhase.During, turn, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"no answer within {limitOf(target)?.TotalSeconds} s");
            return Judged(run with { End = ActivityEnd.Failed, Message = message, Ended = context.Events.Now }, false);
        }
    }

    /// <summary>Starts what <paramref name="declared"/> needs, so that its time is its own.</summary>
    public async Task StartAsync(Activity declared, CancellationToken cancellationToken)
    {
        var target = declared.Reference is { } name ? context.Experiment.FindReferenced(name) : declared;
        if (target is not null && context.Providers.TryGet(target.ProviderType, out var provider))
        {
            await provider.StartAsync(cancellationToken);
        }
    }

    private static bool IsHypothesis(RunPhase phase) => phase is not (RunPhase.Method or RunPhase.Rollbacks);

    private static JsonNode? Tolerance(Activity declared, Activity target) => declared.Tolerance ?? target.Tolerance;

    private async Task<ActivityRun> ControlledAsync(
        ControlRound round, Activity declared, Activity target, RunPhase phase, bool background, CancellationToken cancellationToken)
    {
        ActivityRun? run = null;
        JsonNode? changed = null;
        try
        {
            await context.Controls.BeforeAsync(round, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            run = await PlayAsync(declared, target, phase, background, cancellationToken);
        }
        finally
        {
            changed = await context.Controls.AfterAsync(round, () => run is null ? null : JournalJson.Entry(run));
        }

        if (changed is not JsonObject entry)
        {
            return run;
        }

        run = await AmendedAsync(run, entry, Tolerance(declared, target), phase, cancellationToken);
        context.Events.Publish(new ActivityAmended(context.Events.Now, run));
        return run;
    }

    private async Task<ActivityRun> PlayAsync(
        Activity declared, Activity target, RunPhase phase, bool background, CancellationToken cancellationToken)
    {
        if (!ActivityPause.TryRead(target.PauseBefore, context.Values, out var before, out var beforeText, out var problem)
            || !ActivityPause.TryRead(target.PauseAfter, context.Values, out var after, out var afterText, out problem))
        {
            return Unstarted(target, phase, background, problem!);
        }

        if (before > TimeSpan.Zero)
        {
            await ActivityPause.WaitAsync(context, target, before: true, before, beforeText, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var run = await ProviderAsync(target, Tolerance(declared, target), phase, background, cancellationToken);
        if (after > TimeSpan.Zero)
        {
            await ActivityPause.WaitAsync(context, target, before: false, after, afterText, cancellationToken);
        }

        return run;
    }

    private ActivityRun Unstarted(Activity activity, RunPhase phase, bool background, string message)
    {
        var now = context.Events.Now;
        var run = new ActivityRun(context.NextActivity(), activity, phase, background, now);
        context.Events.Publish(new ActivityStarted(now, run));
        run = run with { End = ActivityEnd.Crashed, Message = message, Ended = now, Duration = TimeSpan.Zero };
        context.Events.Publish(new ActivityEnded(now, Judged(run, IsHypothesis(phase) ? false : null)));
        return run;
    }

    private async Task<ActivityRun> ProviderAsync(
        Activity activity, JsonNode? tolerance, RunPhase phase, bool background, CancellationToken cancellationToken)
    {
        var run = new ActivityRun(context.NextActivity(), activity, phase, background, context.Events.Now);
        context.Events.Publish(new ActivityStarted(run.Start, run));
        var began = context.Time.GetTimestamp();

        ActivityRun Ended(ActivityRun so) =>
            so with { Ended = context.Events.Now, Duration = context.Time.GetElapsedTime(began) };

        if (ActivityDry.IsLeftOut(activity, context.Options))
        {
            if (context.Options.Dry == DryMode.None)
            {
                context.Events.Say(NoticeLevel.Warning, $"'{activity.Name}' is not carried out: its own dry says so");
            }

            context.LeaveOut(activity);
            run = Ended(run with { End = ActivityEnd.Succeeded, Dry = true, ToleranceMet = IsHypothesis(phase) ? true : null });
            context.Events.Publish(new ActivityEnded(run.Ended!.Value, run));
            return run;
        }

        // An action whose output is held against something looks, too; what a fault itself gives back does not.
        using var looking = tolerance is not null && activity.ProviderType != "fault" ? context.Faults?.Look() : null;
        using var turn = new OutputTurn(context.LargeOutputs, context.Time);
        try
        {
            // Told as started in the order of the list; from here on the stage does not wait for a provider that never waits.
            var result = background
                ? await Task.Run(() => AttemptsAsync(activity, background: true, turn, cancellationToken), CancellationToken.None)
                : await AttemptsAsync(activity, background: false, turn, cancellationToken);
            run = Ended(run with { End = result.End, Output = result.Output, Message = result.Message, Trace = result.Trace });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            run = Ended(run);
            context.Events.Publish(new ActivityEnded(run.Ended!.Value, run));
            throw;
        }

        run = await HeldAgainstAsync(run, tolerance, phase, turn, cancellationToken);
        context.Events.Publish(new ActivityEnded(context.Events.Now, run));
        return run;
    }

    private async Task<ActivityResult> AttemptsAsync(Activity activity, bool background, OutputTurn turn, CancellationToken cancellationToken)
    {
        if (context.Compatible)
        {
            // The reference knows neither retries nor a time limit of the activity.
            return await WithinLimitAsync(activity, background, null, turn, cancellationToken);
        }

        if (!ActivityAttempts.TryRead(activity, context.Values, out var attempts, out var problem))
        {
            // Carried out without the limit that it asks for, it would be another activity.
            return ActivityResult.Crashed(problem!);
        }

        for (var attempt = 1; ; attempt++)
        {
            var result = await WithinLimitAsync(activity, background, attempts.Limit, turn, cancellationToken);
            ToleranceOutcome? until = null;
            if (result.End == ActivityEnd.Succeeded && attempts.Until is not null)
            {
                until = await ToleranceAsync(activity, attempts.Until, result.Output, turn, cancellationToken);
            }

            if (result.End == ActivityEnd.Succeeded && until is null or { Met: true })
            {
                return result;
            }

            if (attempt > attempts.Retries || result.End == ActivityEnd.Crashed)
            {
                return until is null || result.End != ActivityEnd.Succeeded
                    ? result
                    : ActivityResult.Failed($"not as wanted after {attempt} attempts: {until.Rule}: expected {until.Expected}, got {until.Actual}");
            }

            context.Events.Say(
                NoticeLevel.Debug, $"Attempt {attempt} of {attempts.Retries + 1} of '{activity.Name}' was not the last: {result.Message ?? until?.Actual}");
            turn.Leave();
            await Task.Delay(attempts.Interval, context.Time, cancellationToken);
        }
    }

    private async Task<ActivityResult> WithinLimitAsync(
        Activity activity, bool background, TimeSpan? limit, OutputTurn turn, CancellationToken cancellationToken)
    {
        if (limit is not { } time)
        {
            return await CallAsync(activity, background, turn, cancellationToken);
        }

        using var clock = new CancellationTokenSource(time, context.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            return await CallAsync(activity, background, turn, both.Token);
        }
        catch (OperationCanceledException end) when (!cancellationToken.IsCancellationRequested)
        {
            return ActivityResult.Failed(string.Create(
                CultureInfo.InvariantCulture,
                $"activity took too long to complete: its time limit is {time.TotalSeconds} s{(end is UnendingException ? $"; {Unending.Text}" : "")}"));
        }
    }

    private async Task<ActivityResult> CallAsync(Activity activity, bool background, OutputTurn turn, CancellationToken cancellationToken)
    {
        if (!context.Providers.TryGet(activity.ProviderType, out var provider))
        {
            return ActivityResult.Crashed($"unknown provider type '{activity.ProviderType}'");
        }

        var call = new ActivityCall(activity, context.Values)
        {
            Background = background,
            Turn = turn,
            Compatibility = context.Options.Compatibility,
            Time = context.Time,
            Warn = text => context.Events.Say(NoticeLevel.Warning, text),
            Say = context.Events.Say,
        };
        using var looking = activity.Type == ActivityType.Probe || activity.ProviderType == "load" ? context.Faults?.Look() : null;
        try
        {
            var result = provider.EndsByItself
                ? await provider.RunAsync(call, cancellationToken)
                : await Unending.WaitAsync(provider.RunAsync(call, cancellationToken).AsTask(), context.Time, cancellationToken);
            return !context.Compatible && result.End == ActivityEnd.Succeeded && ReportedFailure.Find(activity, result.Output, context.Events.Mask) is { } reported
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

    private async Task<ActivityRun> HeldAgainstAsync(
        ActivityRun run, JsonNode? tolerance, RunPhase phase, OutputTurn turn, CancellationToken cancellationToken)
    {
        var asked = IsHypothesis(phase) || (!context.Compatible && tolerance is not null);
        if (!asked)
        {
            return run;
        }

        if (run.End != ActivityEnd.Succeeded)
        {
            return Judged(run, false);
        }

        try
        {
            var outcome = await ToleranceAsync(run.Activity, tolerance, run.Output, turn, cancellationToken);
            return outcome.Explanation is null
                ? Judged(run with { Tolerance = outcome }, outcome.Met)
                : Judged(run with { Tolerance = outcome, End = ActivityEnd.Failed, Message = outcome.Explanation }, false);
        }
        catch (OperationCanceledException)
        {
            context.Events.Publish(new ActivityEnded(context.Events.Now, run with { End = null }));
            throw;
        }
    }

    /// <summary>The record as a control left its entry; an output that it changed is held against the tolerance again.</summary>
    private async Task<ActivityRun> AmendedAsync(
        ActivityRun run, JsonObject entry, JsonNode? tolerance, RunPhase phase, CancellationToken cancellationToken)
    {
        var amended = AmendedRun.Of(run, entry);
        if (!context.Compatible && run.End != ActivityEnd.Succeeded && amended.End == ActivityEnd.Succeeded)
        {
            context.Events.Say(NoticeLevel.Warning, $"A control says that '{run.Activity.Name}' succeeded; it failed: {run.Message}");
        }

        if (amended.End != ActivityEnd.Succeeded || run.Dry || amended.ToleranceMet != run.ToleranceMet
            || JsonNode.DeepEquals(amended.Output, run.Output))
        {
            return amended;
        }

        using var none = new OutputTurn(null, context.Time);
        amended = await HeldAgainstAsync(amended, tolerance, phase, none, cancellationToken);
        if (amended.ToleranceMet is { } met)
        {
            entry["tolerance_met"] = met;
        }

        return amended;
    }

    private static ActivityRun Judged(ActivityRun run, bool? met) => run with { ToleranceMet = met };

    private ValueTask<ToleranceOutcome> ToleranceAsync(
        Activity activity, JsonNode? tolerance, JsonNode? output, OutputTurn turn, CancellationToken cancellationToken) =>
        Tolerances.Tolerance.EvaluateAsync(
            new ToleranceCheck(tolerance, output)
            {
                Values = context.Values,
                Mask = context.Events.Mask,
                Compatibility = context.Options.Compatibility,
                ProviderType = activity.ProviderType,
                RunProbe = async (probe, token) =>
                {
                    turn.Leave();
                    using var other = new OutputTurn(context.LargeOutputs, context.Time);
                    return await CallAsync(probe, background: false, other, token);
                },
            },
            cancellationToken);
}
