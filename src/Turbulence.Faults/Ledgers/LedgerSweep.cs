using Turbulence.Platform.Files;

namespace Turbulence.Faults.Ledgers;

/// <summary>Removes what dead processes left unfinished in the ledger.</summary>
internal static class LedgerSweep
{
    /// <summary>Removes it.</summary>
    /// <param name="layout">Where everything is.</param>
    /// <param name="files">The disk.</param>
    /// <param name="content">What stands in the ledger.</param>
    public static void Run(LedgerLayout layout, ILedgerFiles files, LedgerContent content)
    {
        // While any run is attended, an unfinished file may be one that is just being written.
        if (content.Runs.Any(run => run.IsAttended))
        {
            return;
        }

        foreach (var folder in (ReadOnlySpan<string>)[layout.Faults, layout.Runs])
        {
            foreach (var name in files.List(folder))
            {
                var isMarkWithoutRun = LedgerLayout.IsLostMark(name) && !content.Runs.Any(run => layout.Lost(run.Id) == Path.Combine(folder, name));
                if (DurableFile.IsUnfinished(name) || isMarkWithoutRun)
                {
                    files.Delete(Path.Combine(folder, name));
                }
            }
        }

        foreach (var name in files.List(layout.Locks).Where(name => Path.Combine(layout.Locks, name) != layout.ReservationLock))
        {
            if (!content.Faults.Any(fault => fault.Id == name) && FileLock.TryTake(Path.Combine(layout.Locks, name)) is { } free)
            {
                using (free)
                {
                    files.Delete(Path.Combine(layout.Locks, name));
                }
            }
        }
    }
}
