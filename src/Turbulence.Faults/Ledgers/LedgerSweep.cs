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
        foreach (var folder in (ReadOnlySpan<string>)[layout.Root, layout.Faults, layout.Runs])
        {
            foreach (var name in files.List(folder))
            {
                if (DurableFile.IsAbandoned(name) || IsMarkWithoutRun(layout, files, Path.Combine(folder, name)))
                {
                    files.Delete(Path.Combine(folder, name));
                }
            }
        }

        SweepClocks(layout, content);
        foreach (var name in files.List(layout.Locks).Where(name => Path.Combine(layout.Locks, name) != layout.ReservationLock))
        {
            // A folder in a lock's place holds nothing.
            if (!content.Faults.Any(fault => fault.Id == name) && FileStatus.Read(Path.Combine(layout.Locks, name)) is null
                or { Type: not FileNodeType.Folder }
                && FileLock.TryTake(Path.Combine(layout.Locks, name)) is { } free)
            {
                using (free)
                {
                    files.Delete(Path.Combine(layout.Locks, name));
                }
            }
        }
    }

    // A run writes down its mark before it starts a service. Where something cannot be read, nobody knows whose a clock is.
    private static void SweepClocks(LedgerLayout layout, LedgerContent content)
    {
        if (content.Damaged.Count > 0 || !Directory.Exists(layout.Clocks))
        {
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(layout.Clocks))
        {
            if (content.Runs.All(run => run.Mark != Path.GetFileName(folder)))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static bool IsMarkWithoutRun(LedgerLayout layout, ILedgerFiles files, string path) =>
        LedgerLayout.IsLostMark(Path.GetFileName(path))
        && layout.Run(Path.GetFileNameWithoutExtension(path)) is var run && !files.List(layout.Runs).Contains(Path.GetFileName(run));
}
