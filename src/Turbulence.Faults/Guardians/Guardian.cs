using Turbulence.Faults.Ledgers;
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
/// (1) before (2): a runner that wakes up writes its record first and reads the mark then, so one of the two sees the other.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="kinds">Who knows how to take faults back.</param>
/// <param name="self">The command line that starts this program again.</param>
/// <param name="time">The clock.</param>
internal sealed class Guardian(Ledger ledger, FaultKinds kinds, IReadOnlyList<string> self, TimeProvider time)
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromMilliseconds(200);
    private const int Rounds = 3;

    /// <summary>Takes everything back.</summary>
    /// <param name="run">The run.</param>
    /// <param name="reason">Why its runner is lost.</param>
    /// <returns>The faults, as they stand now.</returns>
    public async Task<IReadOnlyList<FaultRecord>> TakeOverAsync(RunRecord run, string reason)
    {
        ledger.MarkLost(run.Id, $"{reason}, and its guardian took its faults back");
        var reversal = new FaultReversal(ledger, kinds, self, time) { Patience = LockPatience, Impatient = _ => EndRunnerAsync(run) };
        var faults = Faults(run);
        for (var round = 0; round < Rounds && faults.Any(fault => fault.State != FaultState.Confirmed); round++)
        {
            await reversal.RevertAllAsync([.. faults.Where(fault => fault.State != FaultState.Confirmed)]);
            faults = Faults(run);
        }

        if (faults.Length > 0 && run.Journal is { } journal
            && JournalClosing.Write(journal, JournalClosing.Entry(time.GetUtcNow(), reason, faults)) is { } problem)
        {
            GuardianLog.Write(ledger.Folder, time, $"the journal {journal} has no closing entry: {problem}");
        }

        foreach (var fault in faults.Where(fault => fault.State != FaultState.Confirmed))
        {
            GuardianLog.Write(ledger.Folder, time, $"fault {fault.Id} of the run '{run.Title}' could not be taken back: {fault.Problem}; by hand: {fault.UndoText}");
        }

        // A runner that only sleeps has to find out what became of its run, and removes it at its own end.
        if (!run.IsRunnerAlive)
        {
            Recoveries.Recovery.Forget(ledger, run.Id, faults);
        }

        return faults;
    }

    private FaultRecord[] Faults(RunRecord run) => [.. ledger.Read().Faults.Where(fault => fault.Run == run.Id)];

    /// <summary>A runner that froze in the middle of a step would go on with it when it wakes up, after the fault was taken back. It must not wake up.</summary>
    private static async Task EndRunnerAsync(RunRecord run)
    {
        if (ProcessHandle.TryOpen(run.Runner, out var runner, out _))
        {
            using (runner)
            {
                runner.Signal(PosixSignalNumber.Kill);
                await runner.WaitForExitAsync();
            }
        }
    }
}
