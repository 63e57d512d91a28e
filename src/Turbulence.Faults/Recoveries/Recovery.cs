using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Sessions;

namespace Turbulence.Faults.Recoveries;

/// <summary>Finds the faults that nobody looks after any more, their runner and its guardian both being dead, and takes them back.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="reversal">Takes faults back.</param>
public sealed class Recovery(Ledger ledger, FaultReversal reversal)
{
    /// <summary>
    /// One line about what dead runs left behind and what cannot be read, for every command to say; null where there is nothing. It costs
    /// the listing of a folder that is mostly empty.
    /// </summary>
    public static string? Notice(Ledger ledger)
    {
        try
        {
            var content = ledger.Read();
            var abandoned = content.Abandoned.Count;
            var damaged = content.Damaged.Count;
            var faults = abandoned switch
            {
                0 => null,
                1 => $"a fault of a run that died is still in ({content.Abandoned[0].Id}, {content.Abandoned[0].Kind}): 'chaos faults revert --all' takes it back",
                _ => $"{abandoned} faults of runs that died are still in: 'chaos faults revert --all' takes them back",
            };
            var files = damaged == 0 ? null : $"{content.Damaged[0].Path} {content.Damaged[0].Problem}{(damaged > 1 ? $", and {damaged - 1} more" : "")}";
            return faults is null || files is null ? faults ?? files : $"{faults}; and {files}";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"the ledger in {ledger.Folder} cannot be read, so nobody knows whether a fault is still in: {failure.Message}";
        }
    }

    /// <summary>Takes back what dead runs left behind, and removes what is confirmed.</summary>
    /// <returns>What was found and what became of it.</returns>
    public async Task<RecoveryResult> RunAsync()
    {
        LedgerContent content;
        try
        {
            content = ledger.Read();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new RecoveryResult([], [new DamagedFile(ledger.Folder, $"cannot be read: {failure.Message}")]);
        }

        var abandoned = content.Abandoned;
        if (abandoned.Count > 0 && ledger.Prepare() is { } problem)
        {
            return new RecoveryResult([.. abandoned.Select(fault => fault with { Problem = problem })], content.Damaged);
        }

        foreach (var run in abandoned.Select(fault => fault.Run).Distinct())
        {
            // Its runner is dead; but what is marked stays marked should the process table ever have been wrong.
            ledger.MarkLost(run, "it was found dead, and another command took its faults back");
        }

        var faults = await reversal.RevertAllAsync(abandoned);
        foreach (var run in content.Runs.Where(run => !run.IsAttended).Select(run => run.Id).Union(abandoned.Select(fault => fault.Run)))
        {
            Forget(ledger, run, [.. ledger.Read().Faults.Where(fault => fault.Run == run)]);
        }

        ledger.Sweep();
        return new RecoveryResult(faults, content.Damaged);
    }

    /// <summary>Removes a run from the ledger with its faults that are confirmed; with another one left, the run stays, too.</summary>
    internal static void Forget(Ledger ledger, string run, IReadOnlyList<FaultRecord> faults)
    {
        foreach (var fault in faults.Where(fault => fault.State == FaultState.Confirmed))
        {
            ledger.Remove(fault.Id);
        }

        if (faults.All(fault => fault.State == FaultState.Confirmed))
        {
            ledger.RemoveRun(run);
        }
    }
}
