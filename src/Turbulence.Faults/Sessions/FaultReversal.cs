using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;

namespace Turbulence.Faults.Sessions;

/// <summary>
/// Takes faults back, from their records alone: for the session that injected them, for the guardian, for recovery and for a person.
/// Whoever comes second to a fault waits for the first and finds it done.
/// </summary>
/// <remarks>
/// The ledger is asked, and told, but never waited for: where it cannot be locked, read or written, the fault is taken back all the same,
/// from what the caller knows, and <see cref="Complain"/> hears of it afterwards. That a record is gone or cannot be read says nothing
/// about the fault.
/// </remarks>
/// <param name="ledger">Where the records are.</param>
/// <param name="kinds">Who knows how.</param>
/// <param name="self">The command line that starts this program again, for kinds that need it.</param>
/// <param name="time">Paces the attempts.</param>
public sealed class FaultReversal(Ledger ledger, FaultKinds kinds, IReadOnlyList<string> self, TimeProvider time)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(1)];
    private static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(250);

    /// <summary>How long to wait for somebody else who works on the same fault. Default: as long as a step may take.</summary>
    public TimeSpan Patience { get; init; } = KindCaller.StepLimit;

    /// <summary>
    /// Called when the patience is over, before it is waited once more, and where nobody can say whether a fault that was just being put in
    /// still is: the guardian ends a runner that froze in the middle of a step.
    /// </summary>
    public Func<FaultRecord, Task> Impatient { get; init; } = static _ => Task.CompletedTask;

    /// <summary>
    /// Whether the faults are the caller's own, or were handed to it: then its memory counts, and without a word of somebody else it takes
    /// back and looks by itself. Whoever has a fault from the ledger only asks the system first where the record is gone meanwhile: the
    /// target may be somebody else's by now.
    /// </summary>
    public bool IsOwner { get; init; }

    /// <summary>Who takes back in place of the run, for its record; null for the run itself.</summary>
    public string? By { get; init; }

    /// <summary>
    /// What the owner knows of a fault by now; null where that is no more than the caller does. It is asked once the fault is held: whoever
    /// was waited for may have taken it back.
    /// </summary>
    internal Func<string, FaultRecord?> Memory { get; init; } = static _ => null;

    /// <summary>The steps that were given up and still go on.</summary>
    internal StepsUnderWay Steps { get; } = new();

    /// <summary>Told of each step.</summary>
    public Action<FaultRecord> Report { get; init; } = static _ => { };

    /// <summary>Told what the ledger did not do, in one line each, the same one perhaps several times.</summary>
    public Action<string> Complain { get; init; } = static _ => { };

    /// <summary>
    /// Takes several faults back, the last one first. One that takes long does not hold up the others for more than a quarter of a second:
    /// it may be waiting for what another fault keeps from working.
    /// </summary>
    /// <param name="faults">The faults, in the order in which they were planned.</param>
    /// <returns>How each stands now, in the same order.</returns>
    public Task<IReadOnlyList<FaultRecord>> RevertAllAsync(IReadOnlyList<FaultRecord> faults) => RevertAllAsync(faults, RevertAsync);

    /// <summary>The same in a way of the caller's own to take one back.</summary>
    internal async Task<IReadOnlyList<FaultRecord>> RevertAllAsync(
        IReadOnlyList<FaultRecord> faults, Func<FaultRecord, Task<FaultRecord>> revert)
    {
        var reverting = new Task<FaultRecord>[faults.Count];
        for (var i = faults.Count - 1; i >= 0; i--)
        {
            reverting[i] = revert(faults[i]);
            if (i > 0 && !reverting[i].IsCompleted)
            {
                await Task.WhenAny(reverting[i], Task.Delay(Stagger, time));
            }
        }

        return await Task.WhenAll(reverting);
    }

    /// <summary>Takes one fault back, looks whether everything is as before, and tries again where it is not.</summary>
    /// <param name="known">The fault as the caller knows it; a record on disk that is further on its way counts more.</param>
    /// <returns>
    /// How it stands now: confirmed; or why not, in <see cref="FaultRecord.Problem"/>. The record stays in the ledger.
    /// </returns>
    public async Task<FaultRecord> RevertAsync(FaultRecord known)
    {
        if (known.State == FaultState.Confirmed)
        {
            return known;
        }

        if (known.Runner.IsElsewhere)
        {
            return known with { Problem = $"it is of a run on another host ({known.Runner.Text}), and can only be taken back there" };
        }

        var mine = await TakeAsync(known);
        using var hold = Steps.Hold(known.Id, mine);
        if (mine is null)
        {
            return known with { Problem = $"another process has been working on it for more than {Patience.TotalSeconds} s" };
        }

        if (mine.Problem is { } unlocked)
        {
            Complain($"the ledger in {ledger.Folder} cannot be locked: {unlocked}");
        }

        known = Memory(known.Id) ?? known;
        if (known.State == FaultState.Confirmed)
        {
            return known;
        }

        var sighting = ledger.Look(known.Id);
        return sighting.IsAbsent && !IsOwner ? await RevertForgottenAsync(known) : await RevertLockedAsync(Latest(known, sighting));
    }

    /// <summary>What is known of a fault by now: what the caller knows, unless the ledger is further.</summary>
    internal FaultRecord Latest(FaultRecord known) => Latest(known, ledger.Look(known.Id));

    /// <summary>The same for who has hold of the fault already, and knows how it stands.</summary>
    internal async Task<FaultRecord> RevertLockedAsync(FaultRecord record)
    {
        if (record.State == FaultState.Confirmed)
        {
            return Told(record);
        }

        record = record with { RevertedBy = By };
        if (record.State == FaultState.Planned)
        {
            if (await UntouchedAsync(record) is { } untouched)
            {
                return Saved(record with { State = FaultState.Confirmed, Confirmation = untouched });
            }

            record = record with { State = FaultState.Injecting };
        }

        if (record.IsIrreversible)
        {
            var text = "it cannot be taken back, as the experiment allowed";
            return Saved(record with { State = FaultState.Confirmed, Confirmation = new Evidence(true, text), Problem = null });
        }

        if (!kinds.TryGet(record.Kind, out var kind))
        {
            return Saved(record with { Problem = $"this program does not know the kind '{record.Kind}'" });
        }

        for (var attempt = 0; ; attempt++)
        {
            record = await AttemptAsync(new KindCaller(kind, time, Steps), record);
            if (record.State == FaultState.Confirmed || attempt == Pauses.Length)
            {
                return record;
            }

            await Task.Delay(Pauses[attempt], time);
        }
    }

    // In the owner's memory a fault that is only planned is one; a file may say so of any.
    private async Task<Evidence?> UntouchedAsync(FaultRecord planned) =>
        IsOwner ? new Evidence(true, "nothing was touched") : await CheckAsync(planned) is { Seen: true } seen ? seen : null;

    private async Task<Evidence?> CheckAsync(FaultRecord record) => kinds.TryGet(record.Kind, out var kind)
        ? await new KindCaller(kind, time, Steps).CheckAsync(record, new FaultTools(time, self, static _ => ValueTask.CompletedTask))
        : null;

    private async Task<FaultRecord> AttemptAsync(KindCaller kind, FaultRecord record)
    {
        record = Saved(record with { State = FaultState.Reverting, Problem = null });
        var tools = new FaultTools(time, self, undo =>
        {
            record = Saved(record with { Undo = undo });
            return ValueTask.CompletedTask;
        });
        var done = await kind.RevertAsync(record, tools);
        if (!done.IsDone)
        {
            return Saved(record with { Problem = done.Problem });
        }

        record = Saved(record with { State = FaultState.Reverted });
        var seen = await kind.CheckAsync(record, tools);
        return Saved(seen.Seen
            ? record with { State = FaultState.Confirmed, Confirmation = seen }
            : record with { Confirmation = seen, Problem = $"not as before: {seen.Text}" });
    }

    private FaultRecord Latest(FaultRecord known, FaultSighting sighting)
    {
        if (sighting.Record is not { } found)
        {
            // A runner that died between telling its guardian of a fault and writing it down has touched nothing: nobody has to hear of
            // that.
            if (known.State != FaultState.Planned)
            {
                Complain(
                    $"the record of fault {known.Id} in {ledger.Folder} {sighting.Problem?.TrimEnd('.')}; what counts is what is known in memory");
            }

            return known;
        }

        // A word is one with evidence, and for the owner somebody else's. In one state both know the same, or the caller wrote last and the
        // disk did not take it.
        var isWord = found.State != FaultState.Confirmed
            || (found.Confirmation is { Seen: true } && (found.RevertedBy is not null || !IsOwner));
        return found.Run == known.Run && found.Kind == known.Kind && found.State > known.State && isWord ? found : known;
    }

    /// <summary>
    /// The record was taken out since the caller read it. Who did so had seen that the fault is gone; we look for ourselves.
    /// </summary>
    private async Task<FaultRecord> RevertForgottenAsync(FaultRecord known)
    {
        if (await CheckAsync(known) is { Seen: true } seen)
        {
            return known with { State = FaultState.Confirmed, Confirmation = seen, Problem = null };
        }

        try
        {
            if (await ledger.ReserveAsync(known, time, CancellationToken.None) is { } taken)
            {
                return known with
                {
                    State = FaultState.Confirmed,
                    Confirmation = new Evidence(true, $"somebody else took it back and removed its record: {taken}"),
                };
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Complain($"the ledger in {ledger.Folder} cannot be used: {failure.Message}");
        }

        return await RevertLockedAsync(known);
    }

    private async Task<FaultHold?> TakeAsync(FaultRecord record)
    {
        var taken = await ledger.LockAsync(record.Id, Patience, time, CancellationToken.None);
        if (taken is { Problem: null } || (taken is not null && record.State != FaultState.Injecting))
        {
            return taken;
        }

        await Impatient(record);
        return taken ?? await ledger.LockAsync(record.Id, Patience, time, CancellationToken.None);
    }

    // A disk that is full, perhaps by the very fault, must not keep it from being taken back: what stands in the ledger then is an earlier
    // step, and doing a step again changes nothing.
    private FaultRecord Saved(FaultRecord record)
    {
        try
        {
            ledger.Save(record);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Complain($"the ledger in {ledger.Folder} cannot be written: {failure.Message}");
        }

        return Told(record);
    }

    private FaultRecord Told(FaultRecord record)
    {
        Report(record);
        return record;
    }
}
