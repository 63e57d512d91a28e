using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Recoveries;

/// <summary>Ends the processes that look after faults in name only, before somebody else takes those back: they must not wake up and go on.</summary>
public static class FrozenWatchers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Ends the guardian of each run that nobody looks after, and its runner where that was stopped in the middle of a step. A runner that was stopped between two steps
    /// is left alone: it finds the mark, and the word, when it wakes up.
    /// </summary>
    /// <param name="content">What stands in the ledger.</param>
    /// <param name="faults">The faults that are going to be taken back.</param>
    public static async Task EndAsync(LedgerContent content, IReadOnlyList<FaultRecord> faults)
    {
        foreach (var run in content.Runs.Where(run => !run.IsAttended && faults.Any(fault => fault.Run == run.Id)))
        {
            if (run is { IsGuardianAlive: true, Guardian: { } guardian })
            {
                await EndAsync(guardian);
            }

            if (run.IsRunnerAlive && faults.Any(fault => fault.Run == run.Id && fault.State is FaultState.Injecting or FaultState.Reverting))
            {
                await EndAsync(run.Runner);
            }
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
