using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Recoveries;

/// <summary>
/// Ends the processes that look after faults in name only, before somebody else takes those back: they must not wake up and go on.
/// </summary>
public static class FrozenWatchers
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Ends the guardian of each run that nobody looks after, and its runner where that was stopped in the middle of a step or of a look,
    /// with the fault's lock in its hand. A runner that was stopped between two steps is left alone: it finds the mark, and the word, when
    /// it wakes up.
    /// </summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="content">What stands in it.</param>
    /// <param name="faults">The faults that are going to be taken back.</param>
    public static async Task EndAsync(Ledger ledger, LedgerContent content, IReadOnlyList<FaultRecord> faults)
    {
        foreach (var run in content.Runs.Where(run => !run.IsAttended && faults.Any(fault => fault.Run == run.Id)))
        {
            if (run is { IsGuardianAlive: true, Guardian: { } guardian })
            {
                await EndAsync(guardian);
            }

            foreach (var fault in faults.Where(fault => fault.Run == run.Id && run.IsRunnerAlive))
            {
                if (fault.State is FaultState.Injecting or FaultState.Reverting || await IsLockedAsync(ledger, fault))
                {
                    await EndAsync(run.Runner.Process);
                    break;
                }
            }
        }
    }

    private static async Task<bool> IsLockedAsync(Ledger ledger, FaultRecord fault)
    {
        try
        {
            using var free = await ledger.LockAsync(fault.Id, LockPatience, TimeProvider.System, CancellationToken.None);
            return free is null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Who takes it back goes on without the lock, too.
            return false;
        }
    }

    private static async Task EndAsync(ProcessIdentity process)
    {
        if (ProcessHandle.TryOpen(process, out var handle, out _))
        {
            using (handle)
            {
                handle.Signal(PosixSignalNumber.Kill);
                await Task.WhenAny(handle.WaitForExitAsync(), Task.Delay(Patience, TimeProvider.System));
            }
        }
    }
}
