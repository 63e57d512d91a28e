using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Sessions;

/// <summary>
/// Takes faults back, from their records alone: for the session that injected them, for the guardian, for recovery and for a person. Whoever comes
/// second to a fault waits for the first and finds it done.
/// </summary>
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

    /// <summary>Called when the patience is over, before it is waited once more: the guardian ends a runner that froze in the middle of a step.</summary>
    public Func<FaultRecord, Task> Impatient { get; init; } = static _ => Task.CompletedTask;

    /// <summary>Told of each step.</summary>
    public Action<FaultRecord> Report { get; init; } = static _ => { };

    /// <summary>
    /// Takes several faults back, the last one first. One that takes long does not hold up the others for more than a quarter of a second: it may be waiting for what
    /// another fault keeps from working.
    /// </summary>
    /// <param name="faults">The faults, in the order in which they were planned.</param>
    /// <returns>How each stands now, in the same order.</returns>
    public async Task<IReadOnlyList<FaultRecord>> RevertAllAsync(IReadOnlyList<FaultRecord> faults)
    {
        var reverting = new Task<FaultRecord>[faults.Count];
        for (var i = faults.Count - 1; i >= 0; i--)
        {
            reverting[i] = RevertAsync(faults[i]);
            if (i > 0 && !reverting[i].IsCompleted)
            {
                await Task.WhenAny(reverting[i], Task.Delay(Stagger, time));
            }
        }

        return await Task.WhenAll(reverting);
    }

    /// <summary>Takes one fault back, looks whether everything is as before, and tries again where it is not.</summary>
    /// <param name="known">The fault as the caller knows it; the record on disk is what counts.</param>
    /// <returns>
    /// How it stands now: confirmed; or why not, in <see cref="FaultRecord.Problem"/>. The record stays in the ledger.
    /// </returns>
    public async Task<FaultRecord> RevertAsync(FaultRecord known)
    {
        try
        {
            using var mine = await TakeAsync(known);
            return mine is null
                ? known with { Problem = $"another process has been working on it for more than {Patience.TotalSeconds} s" }
                : await RevertLockedAsync(ledger.Find(known.Id) ?? Gone(known));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return known with { Problem = $"the ledger cannot be used: {failure.Message}" };
        }
    }

    /// <summary>The same for who has the fault's lock already.</summary>
    internal async Task<FaultRecord> RevertLockedAsync(FaultRecord record)
    {
        if (record.State == FaultState.Confirmed)
        {
            return Told(record);
        }

        if (record.State == FaultState.Planned)
        {
            return Saved(record with { State = FaultState.Confirmed, Confirmation = new Evidence(true, "nothing was touched") });
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
            record = await AttemptAsync(new KindCaller(kind, time), record);
            if (record.State == FaultState.Confirmed || attempt == Pauses.Length)
            {
                return record;
            }

            await Task.Delay(Pauses[attempt], time);
        }
    }

    private async Task<FaultRecord> AttemptAsync(KindCaller kind, FaultRecord record)
    {
        record = Saved(record with { State = FaultState.Reverting, Problem = null });
        var tools = new FaultTools(time, self, undo =>
        {
            record = record with { Undo = undo };
            ledger.Save(record);
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

    private async Task<FileLock?> TakeAsync(FaultRecord record)
    {
        if (await ledger.LockAsync(record.Id, Patience, time, CancellationToken.None) is { } taken)
        {
            return taken;
        }

        await Impatient(record);
        return await ledger.LockAsync(record.Id, Patience, time, CancellationToken.None);
    }

    // A disk that is full, perhaps by the very fault, must not keep it from being taken back: what stands in the ledger then is an earlier step, and doing a
    // step again changes nothing. Only that it is gone has to be written.
    private FaultRecord Saved(FaultRecord record)
    {
        try
        {
            ledger.Save(record);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            record = record with { Problem = Joined(record.Problem, $"the ledger cannot be written: {failure.Message}") };
        }

        return Told(record);
    }

    private static string Joined(string? before, string problem) =>
        before is null || before == problem ? problem
        : before.EndsWith("; " + problem, StringComparison.Ordinal) ? before
        : $"{before}; {problem}";

    private FaultRecord Told(FaultRecord record)
    {
        Report(record);
        return record;
    }

    private static FaultRecord Gone(FaultRecord known) => known with
    {
        State = FaultState.Confirmed,
        Confirmation = new Evidence(true, "somebody else took it back and has removed its record"),
    };
}
