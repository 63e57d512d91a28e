using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Recoveries;
using Turbulence.Faults.Sessions;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Guardians;

/// <summary>
/// Takes a run's faults back when its runner cannot:
/// <code>
///   runner lost ─▶ (1) run marked as lost ─▶ (2) records read ─▶ (3) each taken back and looked at ─▶ (4) read again: any new one?
///                                                                                                     │ no
///                                              (6) records removed ◀─ (5) journal closed ◀────────────┘
/// </code>
/// (1) before (2): a runner that wakes up writes its record first and reads the mark then, so one of the two sees the other. What counts is
/// (3): the records are in memory, and where the disk does not do its part in the others, that is a complaint and no reason to stop.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="kinds">Who knows how to take faults back.</param>
/// <param name="self">The command line that starts this program again.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where it says what went wrong.</param>
internal sealed class Guardian(Ledger ledger, FaultKinds kinds, IReadOnlyList<string> self, TimeProvider time, GuardianLog log)
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan DyingPatience = TimeSpan.FromSeconds(30);
    private const int Rounds = 3;

    private readonly List<string> complaints = [];

    /// <summary>What a run is told that has lost its faults.</summary>
    public static string LossOf(string reason) => $"{reason}, and its guardian took its faults back";

    /// <summary>Takes everything back.</summary>
    /// <param name="guarded">What came through the pipe.</param>
    /// <param name="loss">How the runner was lost.</param>
    /// <returns>The faults, as they stand now.</returns>
    public async Task<IReadOnlyList<FaultRecord>> TakeOverAsync(GuardedRun guarded, PeerLoss loss)
    {
        var run = guarded.Record!;
        var reason = loss.Text;
        Try("the run cannot be marked as lost", () => ledger.MarkLost(run.Id, LossOf(reason)));
        var reversal = new FaultReversal(ledger, kinds, self, time)
        {
            IsOwner = true,
            By = "its guardian",
            Patience = LockPatience,
            Impatient = _ => EndRunnerAsync(run),
            Complain = Complain,
        };
        var faults = WithNew(guarded.Faults, run);
        for (var round = 0; round < Rounds && faults.Any(fault => fault.State != FaultState.Confirmed); round++)
        {
            faults = WithNew(await reversal.RevertAllAsync(faults), run);
        }

        if (faults.Count > 0 && run.Journal is { } journal
            && new JournalClosing(time.GetUtcNow(), reason, faults, complaints).Write(journal) is { } problem)
        {
            Complain($"the journal {journal} has no closing entry: {problem}");
        }

        // A runner that only sleeps has to find out what became of its run, and removes it at its own end.
        if (loss.IsEnd || !run.IsRunnerAlive)
        {
            await EndAsync(run, faults);
        }

        foreach (var fault in faults.Where(fault => fault.State != FaultState.Confirmed))
        {
            Complain($"fault {fault.Id} could not be taken back: {fault.Problem?.TrimEnd('.')}; by hand: {fault.UndoText}");
        }

        Log(run);
        return faults;
    }

    /// <summary>
    /// Ends what a runner has left running that died after everything was taken back, and takes its run out of the ledger.
    /// </summary>
    /// <param name="guarded">What came through the pipe.</param>
    /// <param name="faults">The faults, as they stood when they were taken back.</param>
    public async Task EndRemainsAsync(GuardedRun guarded, IReadOnlyList<FaultRecord> faults)
    {
        var run = guarded.Record!;
        await EndAsync(run, WithNew(faults, run));
        Log(run);
    }

    // A runner that is dying must not be taken for one that sleeps.
    private async Task EndAsync(RunRecord run, IReadOnlyList<FaultRecord> faults)
    {
        if (run.IsRunnerAlive && !await IsGoneAsync(run.Runner.Process))
        {
            return;
        }

        if (await RunRemains.Of(run).EndAsync(time) is { IsEmpty: false } left)
        {
            Complain($"{left.Text} and could not be ended");
        }
        else
        {
            Try("what is done with cannot be removed from it", () => Recovery.Forget(ledger, run.Id, faults));
        }
    }

    // What stands on disk and not in memory was written by a runner that went on after it had seemed to be lost; how far it came, a file
    // does not prove.
    private IReadOnlyList<FaultRecord> WithNew(IReadOnlyList<FaultRecord> known, RunRecord run)
    {
        IReadOnlyList<FaultRecord> more = [];
        Try("it cannot be read", () =>
        {
            var content = ledger.Read();
            more =
            [
                .. content.Faults.Where(fault => fault.Run == run.Id && known.All(other => other.Id != fault.Id))
                    .Select(fault => fault.State == FaultState.Planned ? fault with { State = FaultState.Injecting } : fault),
            ];
            foreach (var damaged in content.Damaged)
            {
                Complain($"{damaged.Path} {damaged.Problem}");
            }
        });
        return [.. known, .. more];
    }

    private void Try(string what, Action step)
    {
        try
        {
            step();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Complain($"the ledger in {ledger.Folder}: {what}: {failure.Message}");
        }
    }

    private void Complain(string text)
    {
        lock (complaints)
        {
            if (!complaints.Contains(text))
            {
                complaints.Add(text);
            }
        }
    }

    private void Log(RunRecord run)
    {
        foreach (var complaint in complaints)
        {
            log.Write($"the guardian of the run '{run.Title}': {complaint}");
        }

        complaints.Clear();
    }

    private async Task<bool> IsGoneAsync(ProcessIdentity runner)
    {
        using var limit = new CancellationTokenSource(DyingPatience, time);
        try
        {
            using var handle = await HoldAsync(runner, limit.Token);
            await (handle?.WaitForExitAsync(limit.Token) ?? Task.CompletedTask);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>
    /// A runner that froze in the middle of a step would go on with it when it wakes up, after the fault was taken back. It must not wake
    /// up.
    /// </summary>
    private async Task EndRunnerAsync(RunRecord run)
    {
        if (await HoldAsync(run.Runner.Process, CancellationToken.None) is { } runner)
        {
            using (runner)
            {
                runner.Signal(PosixSignalNumber.Kill);
                await runner.WaitForExitAsync();
            }
        }
    }

    // Null where it is gone.
    private async Task<ProcessHandle?> HoldAsync(ProcessIdentity runner, CancellationToken cancellationToken)
    {
        ProcessHandle? handle;
        while (!ProcessHandle.TryOpen(runner, out handle, out var failure) && !failure.IsGone)
        {
            // The system is out of open files: the runner may be there, and nothing can be read or written meanwhile.
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
        }

        return handle;
    }
}
