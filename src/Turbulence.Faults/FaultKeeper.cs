using Turbulence.Faults.Guardians;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Recoveries;
using Turbulence.Faults.Sessions;
using Turbulence.Platform.Processes;
using Turbulence.Running;
using Turbulence.Running.Faults;

namespace Turbulence.Faults;

/// <summary>
/// Keeps the faults of one run: enters the run in the ledger, hands what the provider asks for to the session, watches whether the run has lost its faults to
/// somebody else or everything is halted, and takes back at the end.
/// </summary>
/// <param name="surroundings">Where the faults of this run live.</param>
public sealed class FaultKeeper(FaultSurroundings surroundings) : IFaultKeeper, IAsyncDisposable
{
    private static readonly TimeSpan WatchPace = TimeSpan.FromMilliseconds(200);

    private readonly Ledger ledger = surroundings.Ledger;
    private readonly TimeProvider time = surroundings.Time;
    private readonly CancellationTokenSource ended = new();
    private FaultScene? scene;
    private FaultSession? session;
    private IGuardianPost? post;
    private string? unusable;
    private string run = "";
    private bool isDone;
    private Task watching = Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask<string?> BeginAsync(FaultScene scene, CancellationToken cancellationToken)
    {
        this.scene = scene;
        if (Entered() is { } problem)
        {
            // A run without faults needs no ledger. One with faults is told when it wants to put the first one in.
            unusable = problem;
            return ValueTask.FromResult<string?>(null);
        }

        if (ledger.HaltReason is { } halted)
        {
            return ValueTask.FromResult<string?>($"nothing is run: {halted}; 'chaos halt --release' lets runs start again");
        }

        watching = WatchAsync();
        return ValueTask.FromResult<string?>(null);
    }

    /// <summary>Puts a fault in.</summary>
    /// <param name="activity">The name of the activity that asks for it.</param>
    /// <param name="kind">The kind of fault.</param>
    /// <param name="declaration">What is asked for.</param>
    /// <param name="cancellationToken">Ends the work; what was done by then is taken back.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<FaultInjection> InjectAsync(
        string activity, IFaultKind kind, FaultDeclaration declaration, CancellationToken cancellationToken)
    {
        if (session is null)
        {
            return FaultInjection.Refused(unusable ?? "faults are injected by the method of a run, and by nothing else");
        }

        var request = new FaultRequest("", declaration.Arguments, surroundings.BaseDirectory)
        {
            MaxTargets = declaration.MaxTargets,
            Duration = declaration.Duration,
            Services = scene!.Services.ToDictionary(
                service => service.Name, service => new ServiceTarget(service.Name, service.ReadyUrl, service.Process)),
        };
        return await session.InjectAsync(new FaultOrder(activity, kind, request, declaration.AllowIrreversible), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask TakeBackAsync()
    {
        if (session is null || isDone)
        {
            return;
        }

        isDone = true;
        var faults = await session.RevertAllAsync();
        await ended.CancelAsync();
        await watching;
        await session.DisposeAsync();
        await post!.DisposeAsync();
        try
        {
            Recovery.Forget(ledger, run, faults);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            scene!.Say(NoticeLevel.Warning, $"what is done with cannot be removed from the ledger in {ledger.Folder}: {failure.Message}");
        }
    }

    /// <summary>Takes back what nobody has yet, and lets go of everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await TakeBackAsync();
        ended.Dispose();
    }

    private string? Entered()
    {
        if (ledger.Prepare() is { } problem)
        {
            return problem;
        }

        try
        {
            run = Ledger.NewId(surroundings.Random, length: 10);
            var id = Environment.ProcessId;
            var entry = new RunRecord(
                run, surroundings.Title, ProcessTable.Find(id)?.Identity ?? new ProcessIdentity(id, 0), time.GetUtcNow(), MachineBoot.Id)
            {
                Journal = surroundings.Journal,
            };
            ledger.SaveRun(entry, durably: false);
            post = surroundings.Post(entry);
            session = new FaultSession(
                ledger, entry, surroundings.Kinds, post, surroundings.Self, time, surroundings.Random, fault => scene!.Report(FaultReports.Of(fault)));
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"the run cannot be entered in the ledger in {ledger.Folder}: {failure.Message}";
        }
    }

    private async Task WatchAsync()
    {
        await Task.Yield();
        using var pace = new PeriodicTimer(WatchPace, time);
        try
        {
            while (await pace.WaitForNextTickAsync(ended.Token))
            {
                if (await TroubleAsync() is { } trouble)
                {
                    scene!.Stop(new Interruption(InterruptionCause.Experiment, trouble));
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run is at its end.
        }
    }

    private async Task<string?> TroubleAsync()
    {
        try
        {
            return ledger.LossOf(run) is { } lost ? $"the run is lost: {lost}"
                : ledger.HaltReason is { } halted ? $"the run is halted: {halted}"
                : session!.HasOutstanding && await post!.EnsureAsync(ended.Token) is { } unguarded
                    ? $"the faults of the run have no guardian any more: {unguarded}"
                    : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"the ledger in {ledger.Folder} cannot be read any more: {failure.Message}";
        }
    }
}
