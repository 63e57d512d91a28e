using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;

namespace Turbulence.Faults.Sessions;

/// <summary>
/// The faults of one run, from their plans to the confirmation that they are gone:
/// <code>
///   plan ─▶ guardian on watch ─▶ record on disk, and known to the guardian ─▶ run not lost? ─▶ inject ─▶ observe ─▶ active ─ duration, or end of the run ─▶ taken back
///                                                                                             └ failed ┴ not seen ─▶ taken back at once
/// </code>
/// The lock of the fault is held all the way to active, so that nobody takes back half an injection that then goes on. The records are held
/// in memory; what stands on disk is their second copy, for others.
/// </summary>
public sealed class FaultSession : IAsyncDisposable
{
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastCount = TimeSpan.FromSeconds(5);

    private readonly Ledger ledger;
    private readonly string run;
    private readonly RunnerIdentity runner;
    private readonly IGuardianPost guardian;
    private readonly FaultCustody custody;
    private readonly FaultReversal reversal;
    private readonly FaultReverts reverts;
    private readonly IReadOnlyList<string> self;
    private readonly TimeProvider time;
    private readonly Random random;
    private readonly CancellationTokenSource ending = new();
    private readonly FaultLooks looks;
    private readonly FaultLeases leases;
    private readonly Lock gate = new();

    /// <summary>Prepares a session; nothing happens yet.</summary>
    /// <param name="ledger">Where the records go; its folder is prepared.</param>
    /// <param name="run">The run; it stands in the ledger.</param>
    /// <param name="kinds">The kinds of faults.</param>
    /// <param name="guardian">Who sees to the guardian. The session does not end it.</param>
    /// <param name="self">The command line that starts this program again.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Makes ids.</param>
    /// <param name="report">Told of each step of each fault, on whatever thread.</param>
    public FaultSession(
        Ledger ledger,
        RunRecord run,
        FaultKinds kinds,
        IGuardianPost guardian,
        IReadOnlyList<string> self,
        TimeProvider time,
        Random random,
        Action<FaultRecord> report)
    {
        this.ledger = ledger;
        this.run = run.Id;
        runner = run.Runner;
        this.guardian = guardian;
        this.self = self;
        this.time = time;
        this.random = random;
        custody = new FaultCustody(ledger, guardian, time, report);
        looks = new FaultLooks(kinds, self, time, custody, (id, seen) => Lose(id, seen));
        leases = new FaultLeases(custody, time, ending.Token);
        reversal = new FaultReversal(ledger, kinds, self, time)
        {
            IsOwner = true,
            Memory = custody.Find,
            Report = custody.Take,
            Complain = custody.Complain,
        };
        reverts = new FaultReverts(reversal);
    }

    /// <summary>The faults of the run as they were seen last, in the order in which they were planned.</summary>
    public IReadOnlyList<FaultRecord> Faults => custody.Faults;

    /// <summary>What the ledger did not do, one line each. None of it has kept a fault from being taken back.</summary>
    public IReadOnlyList<string> Complaints => custody.Complaints;

    /// <summary>Told of a fault that has lost its effect while it should be in: its id, and what was seen.</summary>
    public Action<string, string> Lose { get; init; } = static (_, _) => { };

    /// <summary>Whether a fault may still be in.</summary>
    public bool HasOutstanding => Faults.Any(fault => fault.State != FaultState.Confirmed);

    /// <summary>Puts a fault in.</summary>
    /// <param name="order">What is asked for.</param>
    /// <param name="cancellationToken">Ends the work; what was done by then is taken back, which <see cref="RevertAllAsync"/> waits
    /// for.</param>
    /// <returns>What came of it. It is in, or it was taken back, or the record says why not.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; what was done is being taken back.</exception>
    public async Task<FaultInjection> InjectAsync(FaultOrder order, CancellationToken cancellationToken)
    {
        try
        {
            var request = order.Request with { Id = NewId() };
            if (Refusal() is { } refused)
            {
                return FaultInjection.Refused(refused);
            }

            var planning = await FaultPlanner.PlanAsync(order with { Request = request }, cancellationToken);
            if (planning.Plan is not { } plan)
            {
                return FaultInjection.Refused(planning.Problem!);
            }

            if (await guardian.EnsureAsync(cancellationToken) is { } unguarded)
            {
                return FaultInjection.Refused(Unguarded(unguarded));
            }

            var record = new FaultRecord(
                request.Id, run, order.Kind.Description.Name, order.Activity, runner, time.GetUtcNow(), plan.Targets, plan.Undo,
                plan.UndoText)
            {
                IsIrreversible = plan.IsIrreversible,
                Hidden = plan.Hidden,
            };
            return await InjectAsync(order.Kind, record, request.Duration, cancellationToken);
        }
        catch (UnguardedException unguarded)
        {
            return FaultInjection.Refused(Unguarded(unguarded.Message));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return FaultInjection.Refused($"the undo cannot be written to the ledger in {ledger.Folder}: {failure.Message}");
        }
    }

    /// <summary>Reads back from the system whether each fault that is in is in effect, and tells of those that are not.</summary>
    /// <param name="isLast">Whether no other look follows before they are taken back.</param>
    /// <param name="cancellationToken">Ends the looks.</param>
    /// <returns>What was seen of each; null where nothing was, or it is being taken back.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<Evidence?[]> LookAsync(bool isLast, CancellationToken cancellationToken) =>
        Task.WhenAll(
            Faults.Where(fault => fault.State == FaultState.Active).Select(fault => looks.LookAsync(fault, isLast, cancellationToken)));

    /// <summary>
    /// Looks how the faults that are in stand in the ledger: takes note of what somebody else took back, and writes anew what was damaged
    /// or removed there.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task TendAsync(CancellationToken cancellationToken) => custody.TendAsync(reversal, cancellationToken);

    /// <summary>
    /// Takes back what is in, the last fault first, beside what is being taken back already: the undo of one fault does not wait for that
    /// of another. From here on no fault is injected.
    /// </summary>
    /// <returns>How every fault of the run stands now, in the order in which they were planned.</returns>
    public async Task<IReadOnlyList<FaultRecord>> RevertAllAsync()
    {
        await ending.CancelAsync();
        await reverts.RevertAllAsync(Faults);
        return Faults;
    }

    /// <summary>Ends the session; <see cref="RevertAllAsync"/> comes first.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await reverts.EndAsync();
        ending.Dispose();
    }

    private async Task<FaultInjection> InjectAsync(
        IFaultKind kind, FaultRecord record, TimeSpan? duration, CancellationToken cancellationToken)
    {
        var mine = await ledger.LockAsync(record.Id, TimeSpan.Zero, time, cancellationToken);
        var hold = reversal.Steps.Hold(record.Id, mine);
        Task<FaultRecord>? undoing = null;
        try
        {
            if (mine is not { Problem: null })
            {
                return FaultInjection.Refused(mine is null
                    ? $"the fault {record.Id} is locked by somebody else"
                    : $"the ledger in {ledger.Folder} cannot be locked: {mine.Problem}");
            }

            if (await ReserveAsync(record, cancellationToken) is { } refusal)
            {
                return FaultInjection.Refused(refusal);
            }

            FaultInjection tried;
            try
            {
                // Read after the record was written: whoever takes a run's faults back marks the run first, then reads the records. One of
                // us sees the other.
                if (Refusal() is { } refused)
                {
                    return new FaultInjection(await reversal.RevertLockedAsync(record), refused);
                }

                tried = await StepsAsync(new KindCaller(kind, time, reversal.Steps), record, duration, cancellationToken);
            }
            catch (Exception end)
                when (end is OperationCanceledException or IOException or UnauthorizedAccessException or UnguardedException)
            {
                var known = custody.Find(record.Id) ?? record;
                undoing = reverts.RevertHeldAsync(
                    known.State == FaultState.Planned ? known with { State = FaultState.Injecting } : known, hold);
                await undoing.WaitAsync(cancellationToken);
                throw;
            }

            if (tried.Problem is null)
            {
                return tried;
            }

            undoing = reverts.RevertHeldAsync(tried.Record!, hold);
            return Ended(tried, await undoing.WaitAsync(cancellationToken));
        }
        finally
        {
            // What is being taken back has the hold until it ends, which nobody who was cancelled waits for.
            if (undoing is null)
            {
                hold.Dispose();
            }
        }
    }

    // Nothing was touched where this returns a reason, or throws.
    private async Task<string?> ReserveAsync(FaultRecord record, CancellationToken cancellationToken)
    {
        // What is being taken back from one of its targets is waited for: that is no fault to be in the way of, but the end of one.
        await reverts.EndOnAsync(record.Targets, Faults).WaitAsync(cancellationToken);

        // The guardian knows of it before the disk does: what is damaged there is then still known to somebody.
        guardian.Note(record);
        string? refusal = null;
        var isReserved = false;
        try
        {
            if (await guardian.EnsureAsync(cancellationToken) is { } unguarded)
            {
                return Unguarded(unguarded);
            }

            // What somebody damaged of our own is put right first: damage counts as a fault on any target.
            await TendAsync(cancellationToken);
            refusal = await ledger.ReserveAsync(record, time, cancellationToken);
            isReserved = refusal is null;
        }
        finally
        {
            if (!isReserved)
            {
                guardian.Note(record with { State = FaultState.Confirmed, Confirmation = new Evidence(true, "nothing was touched") });
            }
        }

        if (isReserved)
        {
            custody.Take(record);
        }

        return refusal;
    }

    /// <summary>Puts it in and looks; what comes with a problem is to be taken back.</summary>
    private async Task<FaultInjection> StepsAsync(
        KindCaller kind, FaultRecord record, TimeSpan? duration, CancellationToken cancellationToken)
    {
        record = await custody.SaveAsync(record with { State = FaultState.Injecting }, cancellationToken);
        var tools = new FaultTools(
            time, self, async undo => record = await custody.SaveAsync(record with { Undo = undo }, cancellationToken));
        var done = await kind.InjectAsync(record, tools, cancellationToken);
        if (!done.IsDone)
        {
            return new FaultInjection(record with { Problem = done.Problem }, done.Problem);
        }

        reverts.Add(leases.HoldAsync(kind.Kind, record));
        var effect = await kind.ObserveAsync(record, tools, cancellationToken);
        if (!effect.Seen)
        {
            return new FaultInjection(record with { Effect = effect }, effect.Text, IsWithoutEffect: true);
        }

        record = await custody.SaveAsync(
            record with
            {
                State = FaultState.Active,
                Effect = effect,
                Due = duration is { } so ? time.GetUtcNow() + so : null,
            }, cancellationToken);
        if (duration is { } limit)
        {
            reverts.Add(RevertWhenDueAsync(record, limit));
        }

        return new FaultInjection(record, null);
    }

    private async Task RevertWhenDueAsync(FaultRecord record, TimeSpan duration)
    {
        // The injection returns, and lets go of the lock, before this goes on.
        await Task.Yield();
        try
        {
            await Task.Delay(duration, time, ending.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        // Once more at its end. What is taken back must not wait for long for who only looks; longer where only that look can say whether
        // it had an effect.
        var look = looks.LookAsync(record, isLast: true, ending.Token);
        await Task.WhenAny(look, Task.Delay(record.Effect?.Hits is null ? LastLook : LastCount, time, ending.Token));
        if (!look.IsCompleted && !ending.IsCancellationRequested)
        {
            looks.MissCount(record.Id);
        }

        await reverts.RevertAsync(custody.Find(record.Id) ?? record);
    }

    private static FaultInjection Ended(FaultInjection tried, FaultRecord undone) => tried with
    {
        Record = undone,
        Problem = undone.State == FaultState.Confirmed
            ? tried.Problem
            : $"{tried.Problem?.TrimEnd('.')}; and it could not be taken back: {undone.Problem}",
    };

    private string? Refusal() =>
        ending.IsCancellationRequested ? "the run is at its end, no fault is injected any more"
        : (guardian.Loss ?? ledger.LossOf(run)) is { } lost ? $"no fault is injected any more: {lost}"
        : ledger.HaltReason is { } halted ? $"no fault is injected: {halted}"
        : null;

    private string NewId()
    {
        lock (gate)
        {
            string id;
            do
            {
                id = Ledger.NewId(random);
            }
            while (ledger.Find(id) is not null);

            return id;
        }
    }

    private static string Unguarded(string problem) => $"without a guardian no fault is injected: {problem}";
}
