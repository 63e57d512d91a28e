using System.Collections.Concurrent;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Options;

namespace Turbulence.Running.Safeguards;

/// <summary>
/// Watches the safeguards: each once before the method, then each by itself, again and again, as long as the method plays. The first that
/// is missed, or cannot be read, asks the run to stop.
/// </summary>
internal sealed class SafeguardWatch(RunContext context, RunStop stop, ActivityExecution activities)
{
    private readonly List<Safeguard> watched =
        [.. context.Options.Safeguards.Where(safeguard => !context.Compatible && !ActivityDry.IsLeftOut(safeguard.Probe, context.Options))];

    private readonly ConcurrentQueue<string> dead = [];
    private bool isWatching;
    private int checks;
    private ActivityRun? missed;

    /// <summary>Checks each safeguard once; nothing was touched yet.</summary>
    /// <returns>Which of them cannot be carried out at all, one line each: a dead safeguard is no safeguard, and without them nothing is
    /// begun.</returns>
    /// <exception cref="OperationCanceledException">One is missed, or somebody else asked the run to stop.</exception>
    public async Task<IReadOnlyList<string>> BeginAsync()
    {
        foreach (var safeguard in context.Compatible ? [] : context.Options.Safeguards.Except(watched))
        {
            context.LeaveOut(safeguard.Probe);
        }

        if (watched.Count == 0)
        {
            return [];
        }

        context.Events.Publish(new SafeguardsStarted(context.Events.Now, watched.Count));
        try
        {
            await Task.WhenAll(watched.Select(safeguard => activities.StartAsync(safeguard.Probe, stop.Run)));
            await Task.WhenAll(watched.Select(safeguard => CheckAsync(safeguard, "before the method", stop.Run)));
        }
        finally
        {
            if (stop.Run.IsCancellationRequested || !dead.IsEmpty)
            {
                TellEnd();
            }
        }

        stop.Run.ThrowIfCancellationRequested();
        return [.. dead];
    }

    /// <summary>Watches until <paramref name="methodEnded"/> is cancelled, or a safeguard is missed.</summary>
    public async Task RunAsync(CancellationToken methodEnded)
    {
        if (watched.Count > 0)
        {
            isWatching = true;
            using var either = CancellationTokenSource.CreateLinkedTokenSource(methodEnded, stop.Run);
            await Task.WhenAll(
                watched.Select(safeguard => Task.Run(() => AgainAndAgainAsync(safeguard, either.Token), CancellationToken.None)));
            TellEnd();
        }
    }

    private async Task AgainAndAgainAsync(Safeguard safeguard, CancellationToken cancellationToken)
    {
        try
        {
            do
            {
                await Task.Delay(safeguard.Frequency, context.Time, cancellationToken);
            }
            while (await CheckAsync(safeguard, "while the method played", cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The method is over, or the run was asked to stop: there is nothing left to watch over.
        }
    }

    private async Task<bool> CheckAsync(Safeguard safeguard, string when, CancellationToken cancellationToken)
    {
        var run = await activities.WatchAsync(safeguard.Probe, safeguard.LimitOf, cancellationToken);
        Interlocked.Increment(ref checks);
        if (run.ToleranceMet == true)
        {
            return true;
        }

        if (run.End == ActivityEnd.Crashed && !isWatching)
        {
            Interlocked.CompareExchange(ref missed, run, null);
            dead.Enqueue($"the safeguard '{run.Activity.Name}' could not be loaded: {run.Message?.TrimEnd('.')}; nothing was begun");
            return false;
        }

        // Several may be missed at once; the first is the reason, and together they do not insist as a person would.
        Interlocked.CompareExchange(ref missed, run, null);
        stop.RequestOnce(
            new Interruption(InterruptionCause.Experiment, $"the safeguard '{run.Activity.Name}' was missed {when}: {Why(run)}"));
        return false;
    }

    private static string Why(ActivityRun run) => run switch
    {
        { End: ActivityEnd.Succeeded, Tolerance: { } tolerance } =>
            $"{tolerance.Rule}: expected {tolerance.Expected}, got {tolerance.Actual}",
        _ => $"it could not be read: {run.Message}",
    };

    private void TellEnd() => context.Events.Publish(new SafeguardsEnded(context.Events.Now, checks, missed));
}
