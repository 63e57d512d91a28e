using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Sessions;

namespace Turbulence.Faults.Recoveries;

/// <summary>
/// Finds the faults that nobody looks after any more, their runner and its guardian both being dead or stopped, and takes them back.
/// </summary>
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
                1 =>
                    $"a fault that nobody looks after any more is still in ({content.Abandoned[0].Id}, {content.Abandoned[0].Kind}): 'chaos faults revert --all' takes it back",
                _ => $"{abandoned} faults that nobody looks after any more are still in: 'chaos faults revert --all' takes them back",
            };
            var files = damaged == 0
                ? null
                : $"{content.Damaged[0].Path} {content.Damaged[0].Problem}{(damaged > 1 ? $", and {damaged - 1} more" : "")}";
            var remains = RunRemains.Abandoned(content) is [var first, ..] ? $"{first.Text}: 'chaos faults revert --all' ends them" : null;
            return string.Join("; and ", ((string?[])[faults, remains, files]).OfType<string>()) is { Length: > 0 } notice ? notice : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"the ledger in {ledger.Folder} cannot be read, so nobody knows whether a fault is still in: {failure.Message}";
        }
    }

    /// <summary>Takes back what nobody looks after, and removes what is confirmed.</summary>
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

        List<string> complaints = [];
        var abandoned = content.Abandoned;
        foreach (var run in abandoned.Select(fault => fault.Run).Distinct())
        {
            // A runner that was only stopped finds out when it wakes up.
            Try(complaints, () => ledger.MarkLost(run, "nobody looked after it any more, and another command took its faults back"));
        }

        await FrozenWatchers.EndAsync(ledger, content, abandoned);
        var faults = await reversal.RevertAllAsync(abandoned);
        var remains = RunRemains.Abandoned(content);
        List<RunRemains> left = [];
        foreach (var found in remains)
        {
            if (await found.EndAsync(TimeProvider.System) is { IsEmpty: false } still)
            {
                left.Add(still);
            }
        }

        foreach (var run in content.Runs.Where(run => run.IsDead && left.All(still => still.Run.Id != run.Id)).Select(run => run.Id)
            .Union(abandoned.Where(fault => content.RunOf(fault) is null).Select(fault => fault.Run)))
        {
            Try(complaints, () =>
            {
                var now = ledger.Read();
                Forget(ledger, run, [.. now.Faults.Where(fault => fault.Run == run)], isLeft: now.Damaged.Count > 0);
            });
        }

        Try(complaints, ledger.Sweep);
        return new RecoveryResult(faults, content.Damaged)
        {
            Origin = content.DamageOrigin,
            Complaints = complaints,
            Remains = remains,
            Unended = left,
            Elsewhere = content.Elsewhere,
        };
    }

    // Bookkeeping never stands before an undo: what it cannot do is said afterwards.
    private void Try(List<string> complaints, Action step)
    {
        try
        {
            step();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            var complaint = $"the ledger in {ledger.Folder} cannot be written: {failure.Message}";
            if (!complaints.Contains(complaint))
            {
                complaints.Add(complaint);
            }
        }
    }

    /// <summary>Removes a run from the ledger with its faults that are confirmed; with another one left, the run stays, too.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="run">The run's id.</param>
    /// <param name="faults">What is known of its faults.</param>
    /// <param name="isLeft">Whether something else is left that may be its: a file that cannot be read, for who does not know the run's
    /// faults from memory.</param>
    internal static void Forget(Ledger ledger, string run, IReadOnlyList<FaultRecord> faults, bool isLeft = false)
    {
        foreach (var fault in faults.Where(fault => fault.State == FaultState.Confirmed))
        {
            ledger.Remove(fault.Id);
        }

        if (!isLeft && faults.All(fault => fault.State == FaultState.Confirmed))
        {
            ledger.RemoveRun(run);
        }
    }
}
