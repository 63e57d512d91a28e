using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Controls;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Journals;
using Turbulence.Options;

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
    private readonly ProviderCalls calls = new(context);

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
                Unstarted(
                    context.NextActivity(),
                    declared,
                    phase,
                    background,
                    $"referenced activity '{declared.Reference}' could not be found in the experiment"));
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
            return Judged(run with
            {
                End = ActivityEnd.Crashed,
                Message = $"referenced activity '{declared.Reference}' could not be found in the experiment",
            }, false);
        }

        using var turn = new OutputTurn(context.LargeOutputs, context.Time);
        using var clock = new CancellationTokenSource(limitOf(target) ?? Timeout.InfiniteTimeSpan, context.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            // Who does not listen to the token is not waited for either.
            var result = await Task.Run(
                () => calls.RunAsync(target, new RunningActivity(run.Id, IsInBackground: true, turn), both.Token),
                CancellationToken.None).WaitAsync(both.Token);
            run = run with
            {
                End = result.End,
                Output = result.Output,
                Message = result.Message,
                Trace = result.Trace,
                Ended = context.Events.Now,
            };
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
        var id = context.NextActivity();
        if (!ActivityPause.TryRead(target.PauseBefore, context.Values, out var before, out var beforeText, out var problem)
            || !ActivityPause.TryRead(target.PauseAfter, context.Values, out var after, out var afterText, out problem))
        {
            return Unstarted(id, target, phase, background, problem!);
        }

        if (before > TimeSpan.Zero)
        {
            await ActivityPause.WaitAsync(context, id, target, before: true, before, beforeText, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var run = await ProviderAsync(id, target, Tolerance(declared, target), phase, background, cancellationToken);
        if (after > TimeSpan.Zero)
        {
            await ActivityPause.WaitAsync(context, id, target, before: false, after, afterText, cancellationToken);
        }

        return run;
    }

    private ActivityRun Unstarted(long id, Activity activity, RunPhase phase, bool background, string message)
    {
        var now = context.Events.Now;
        var run = new ActivityRun(id, activity, phase, background, now);
        context.Events.Publish(new ActivityStarted(now, run));
        run = run with { End = ActivityEnd.Crashed, Message = message, Ended = now, Duration = TimeSpan.Zero };
        context.Events.Publish(new ActivityEnded(now, Judged(run, IsHypothesis(phase) ? false : null)));
        return run;
    }

    private async Task<ActivityRun> ProviderAsync(
        long id, Activity activity, JsonNode? tolerance, RunPhase phase, bool background, CancellationToken cancellationToken)
    {
        var run = new ActivityRun(id, activity, phase, background, context.Events.Now);
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
        var reports = new ActivityReports(context.Events, context.Time, run);
        var running = new RunningActivity(id, background, turn) { Progress = reports.Take };
        string? doubt;
        try
        {
            // Told as started in the order of the list; from here on the stage does not wait for a provider that never waits.
            var result = background
                ? await Task.Run(() => calls.RunAsync(activity, running, cancellationToken), CancellationToken.None)
                : await calls.RunAsync(activity, running, cancellationToken);
            reports.End();
            doubt = result.Doubt;
            run = Ended(run with { End = result.End, Output = result.Output, Message = result.Message, Trace = result.Trace });
        }
        catch (OperationCanceledException end) when (cancellationToken.IsCancellationRequested)
        {
            reports.End();
            run = Ended(run with { Output = (end as InterruptedActivityException)?.Output });
            context.Events.Publish(new ActivityEnded(run.Ended!.Value, run));
            throw;
        }

        run = await HeldAgainstAsync(run, tolerance, phase, turn, cancellationToken);
        if (doubt is not null && run is { End: ActivityEnd.Succeeded, ToleranceMet: false })
        {
            run = run with { End = ActivityEnd.Inconclusive, Message = doubt };
        }

        context.Events.Publish(new ActivityEnded(context.Events.Now, run));
        return run;
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
            var outcome = await calls.ToleranceAsync(
                run.Activity, tolerance, run.Output, new RunningActivity(run.Id, run.Background, turn), cancellationToken);
            if (outcome.Unproven is { } unproven)
            {
                return Judged(run with { Tolerance = outcome, End = ActivityEnd.Inconclusive, Message = unproven }, false);
            }

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
}
