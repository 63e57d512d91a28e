using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Runs.Requests;

namespace Turbulence.Runs.Scopes;

/// <summary>
/// A fault that is in from here to the end of a scope, as a run of its own that goes on beside the code that uses it:
/// <code>
///   BeginAsync ─▶ ledger, guardian ─▶ in, and its effect seen ─▶ your code ─▶ EndAsync ─▶ hits counted ─▶ taken back ─▶ seen to be
/// </code>
/// So all that holds for a run's faults holds for it: it is guarded from a process of its own, which takes it back when this one dies.
/// </summary>
public sealed class FaultScope : IAsyncDisposable
{
    private readonly ScopedFault scoped;
    private readonly TaskCompletionSource released;
    private readonly ScopeWatch watch;
    private readonly Task<RunOutcome> running;
    private readonly CancellationToken cancellationToken;

    private FaultScope(
        ScopedFault scoped,
        ScopeWatch watch,
        TaskCompletionSource released,
        Task<RunOutcome> running,
        CancellationToken cancellationToken)
    {
        this.scoped = scoped;
        this.watch = watch;
        this.released = released;
        this.running = running;
        this.cancellationToken = cancellationToken;
    }

    /// <summary>All that is known of the fault by now.</summary>
    public FaultReport Fault => watch.Fault!;

    /// <summary>Whether it was taken back, or somebody tried to.</summary>
    public bool HasEnded => running.IsCompleted;

    /// <summary>
    /// Puts a fault in, and comes back when its effect was seen:
    /// <c>await using var gone = await FaultScope.BeginAsync("process.pause", new() { ["port"] = 8002 });</c>
    /// </summary>
    /// <param name="kind">Its kind, as <c>chaos faults kinds</c> lists them.</param>
    /// <param name="arguments">The arguments of the kind.</param>
    /// <param name="place">Where it is. Default: here.</param>
    /// <param name="cancellationToken">Takes it back, now or later.</param>
    /// <inheritdoc cref="BeginAsync(ScopedFault, RunRequest, RunPlace, CancellationToken)"/>
    public static Task<FaultScope> BeginAsync(
        string kind, JsonObject arguments, RunPlace? place = null, CancellationToken cancellationToken = default) =>
        BeginAsync(new ScopedFault(kind, arguments), place: place, cancellationToken: cancellationToken);

    /// <summary>Puts a fault in, and comes back when its effect was seen.</summary>
    /// <param name="fault">What is put in.</param>
    /// <param name="request">How the run is run. Default: without a journal.</param>
    /// <param name="place">Where it is. Default: here.</param>
    /// <param name="cancellationToken">Takes it back, now or later, as Ctrl-C asks the command to.</param>
    /// <returns>The scope, to be disposed of.</returns>
    /// <exception cref="RunRefusedException">It cannot be put in as it is asked for, or nothing may be run on this machine now; nothing was put in.</exception>
    /// <exception cref="FaultScopeException">It could not be put in, or had no effect; it is taken back, or the exception says what is
    /// left.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; everything is as it was.</exception>
    public static async Task<FaultScope> BeginAsync(
        ScopedFault fault, RunRequest? request = null, RunPlace? place = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fault);
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var watch = new ScopeWatch();
        Task<RunOutcome> running;

        // What the caller has in his context (the trace of a test, its baggage) is his, and not that of the run.
        using (ExecutionContext.SuppressFlow())
        {
            running = Task.Run(
                () => RunAsync(Experiment(fault, begun, released), request, place, watch, cancellationToken), CancellationToken.None);
        }

        await Task.WhenAny(begun.Task, running);
        if (begun.Task.IsCompletedSuccessfully && watch.IsIn)
        {
            return new FaultScope(fault, watch, released, running, cancellationToken);
        }

        released.TrySetResult();
        var outcome = await running;
        throw outcome.Verdict == Verdict.Interrupted && !outcome.NeedsAPerson && cancellationToken.IsCancellationRequested
            ? new OperationCanceledException(cancellationToken)
            : new FaultScopeException(fault, outcome, watch.Fault);
    }

    /// <summary>Looks how it stands, and what it has hit by now.</summary>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>What was seen; null where it is being taken back, or is already.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<Evidence?> LookAsync(CancellationToken cancellationToken = default) =>
        HasEnded ? null : (await watch.Run!.LookAsync(cancellationToken)) is [var seen] ? seen : null;

    /// <summary>Counts what it has hit, takes it back, and looks whether everything is as it was. Safe to call twice.</summary>
    /// <returns>How its run ended: <see cref="Verdict.Passed"/> for a fault that was in effect from its beginning to now.</returns>
    public Task<RunOutcome> EndAsync()
    {
        released.TrySetResult();
        return running;
    }

    /// <summary>Takes it back, and says so loudly where that, or what was done under it, cannot be relied on.</summary>
    /// <exception cref="FaultScopeException">It had no effect, lost it early, or was not seen to be taken back.</exception>
    public async ValueTask DisposeAsync()
    {
        if (released.Task.IsCompleted)
        {
            await running;
            return;
        }

        var outcome = await EndAsync();
        var isGivenUp = outcome.Verdict == Verdict.Interrupted && cancellationToken.IsCancellationRequested;
        if (outcome.NeedsAPerson || (outcome.Verdict != Verdict.Passed && !isGivenUp))
        {
            throw new FaultScopeException(scoped, outcome, watch.Fault);
        }
    }

    private static ExperimentBuilder Experiment(ScopedFault fault, TaskCompletionSource begun, TaskCompletionSource released) => Chaos
        .Experiment(fault.Title)
        .Method(method => method
            .Fault(fault.Name, fault.Kind, fault.Arguments, fault.Duration, fault.Shape)
            .Probe(
                "what is done while it is in",
                async cancellationToken =>
                {
                    begun.TrySetResult();
                    await released.Task.WaitAsync(cancellationToken);
                    return true;
                },
                true));

    private static async Task<RunOutcome> RunAsync(
        ExperimentBuilder experiment, RunRequest? request, RunPlace? place, ScopeWatch watch, CancellationToken cancellationToken)
    {
        await using var run = await experiment.PrepareAsync(request, place);
        watch.Run = run;
        return await run.RunAsync([watch], cancellationToken);
    }
}
