using System.Collections.Concurrent;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Ledgers;

/// <summary>
/// The faults of this user on this machine, on disk: one file each, replaced as a whole and durably at each step. Any process may read it
/// at any time; who changes a fault holds its lock. What is said to throw <see cref="IOException"/> may also throw
/// <see cref="UnauthorizedAccessException"/>.
/// </summary>
public sealed class Ledger
{
    private const string IdLetters = "23456789abcdefghjkmnpqrstuvwxyz";
    private const string Release = "'chaos halt --release' lets runs start again";
    private static readonly TimeSpan LockPace = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan ReservationPatience = TimeSpan.FromSeconds(5);

    private readonly LedgerLayout layout;
    private readonly ILedgerFiles files;
    private readonly LedgerReader reader;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> holds = new();

    /// <summary>The ledger in a folder, which need not be there yet.</summary>
    /// <param name="folder">The folder, see <see cref="StateFolder"/>.</param>
    public Ledger(string folder)
        : this(folder, new DiskFiles())
    {
    }

    internal Ledger(string folder, ILedgerFiles files)
    {
        layout = new LedgerLayout(Path.GetFullPath(folder));
        this.files = files;
        reader = new LedgerReader(layout, files);
    }

    /// <summary>The folder, as a full path.</summary>
    public string Folder => layout.Root;

    /// <summary>A new id, for a fault (6 letters and digits) or a run (10).</summary>
    public static string NewId(Random random, int length = 6) => new(random.GetItems<char>(IdLetters, length));

    /// <summary>Makes the folder where it is not there, and makes sure that nobody else can write to it.</summary>
    /// <returns>Why it cannot be used, in one line; null when it can.</returns>
    public string? Prepare()
    {
        try
        {
            foreach (var folder in (ReadOnlySpan<string>)[layout.Root, layout.Faults, layout.Runs, layout.Locks])
            {
                files.MakeFolder(folder);
                if (LedgerTrust.Of(folder) is { } distrust)
                {
                    return $"the folder {folder}, which has to hold the undo of every fault, {distrust}; set {StateFolder.Variable} to a folder of your own";
                }
            }

            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"the folder {layout.Root}, which has to hold the undo of every fault, cannot be made: {failure.Message.TrimEnd('.')}; set {StateFolder.Variable} to another";
        }
    }

    /// <summary>All that stands in it. What cannot be read stands in <see cref="LedgerContent.Damaged"/>.</summary>
    /// <exception cref="IOException">The folder cannot be listed.</exception>
    public LedgerContent Read() => reader.Read();

    /// <summary>One fault; null where it is not there any more, or cannot be read.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public FaultRecord? Find(string id) =>
        LedgerLayout.IsId(id) && files.Read(layout.Fault(id)) is { } text && FaultRecordJson.TryRead(text, out var record, out _)
            ? record
            : null;

    /// <summary>One fault, for who does not take that it is not there for an answer.</summary>
    internal FaultSighting Look(string id) => reader.Look(id);

    /// <summary>Takes hold of a fault. Whoever has it is the only one to change the fault and its record.</summary>
    /// <param name="id">The fault.</param>
    /// <param name="patience">How long to wait for somebody else to let go of it.</param>
    /// <param name="time">Measures the patience.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The hold; null where somebody else still has it. Where the lock file cannot be had it says so, and holds within this
    /// process.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<FaultHold?> LockAsync(string id, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var here = holds.GetOrAdd(id, static _ => new SemaphoreSlim(1));
        var began = time.GetTimestamp();
        while (true)
        {
            if (here.Wait(0, CancellationToken.None))
            {
                try
                {
                    Trust(layout.Locks);
                    if (FileLock.TryTake(layout.LockOf(id)) is { } everywhere)
                    {
                        return new FaultHold(here, everywhere, null);
                    }
                }
                catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
                {
                    return new FaultHold(here, null, failure.Message);
                }

                here.Release();
            }

            if (time.GetElapsedTime(began) >= patience)
            {
                return null;
            }

            await Task.Delay(LockPace, time, cancellationToken);
        }
    }

    /// <summary>
    /// Puts a planned fault in, durably, unless one of its targets is taken: by another fault that is not yet seen to be gone, or by any
    /// fault of another run that goes on. What stands in the ledger is the lock of a target; what cannot be read there may be that of any.
    /// </summary>
    /// <returns>Why it was refused, in one line; null when it is in.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<string?> ReserveAsync(FaultRecord planned, TimeProvider time, CancellationToken cancellationToken)
    {
        Trust(layout.Locks);
        using var gate = await TakeAsync(layout.ReservationLock, ReservationPatience, time, cancellationToken);
        if (gate is null)
        {
            return $"another run holds the ledger in {layout.Root} for more than {ReservationPatience.TotalSeconds} s";
        }

        var content = Read();
        if (content.Damaged.Count > 0)
        {
            return $"{content.Damaged[0].Path} {content.Damaged[0].Problem.TrimEnd('.')}; it may be the undo of a fault on the same target";
        }

        foreach (var other in content.Faults.Where(other => other.Id != planned.Id))
        {
            if (other.Targets.FirstOrDefault(target => planned.Targets.Any(mine => mine.Key == target.Key)) is { } shared
                && IsHeld(other, planned.Run, content))
            {
                return other.Run == planned.Run
                    ? $"{shared.Text} is still under the fault {other.Id} ({other.Kind}) of this run"
                    : $"{shared.Text} is held by {NameOf(other, content)}, for its fault {other.Id} ({other.Kind})";
            }
        }

        Save(planned);
        return null;
    }

    /// <summary>Writes a fault, durably.</summary>
    /// <exception cref="IOException">It cannot be written; what stood there stands.</exception>
    public void Save(FaultRecord record)
    {
        Trust(layout.Faults);
        DurableFile.Write(files, layout.Fault(record.Id), FaultRecordJson.Write(record));
    }

    /// <summary>Takes a fault out.</summary>
    /// <exception cref="IOException">It cannot be taken out.</exception>
    public void Remove(string id)
    {
        Trust(layout.Faults);
        files.Delete(layout.Fault(id));
        files.FlushFolder(layout.Faults);
        try
        {
            files.Delete(layout.LockOf(id));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The record is gone, which is all that counts: what stands in the lock's place, such as a folder, holds nothing and keeps
            // nobody from anything.
        }
    }

    /// <summary>Writes a run.</summary>
    /// <param name="record">The run.</param>
    /// <param name="durably">Whether it has to outlast a power loss, as it must before the first fault.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void SaveRun(RunRecord record, bool durably = true)
    {
        Trust(layout.Runs);
        DurableFile.Write(files, layout.Run(record.Id), RunRecordJson.Write(record), durably);
    }

    /// <summary>One run; null where it is not there, or cannot be read.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public RunRecord? FindRun(string id) =>
        LedgerLayout.IsId(id) && files.Read(layout.Run(id)) is { } text && RunRecordJson.TryRead(text, out var record, out _)
            ? record
            : null;

    /// <summary>Whether a run stands in the ledger such that it can be read.</summary>
    internal bool Knows(string run)
    {
        try
        {
            return FindRun(run) is not null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Where the run with a mark has the files of its services' clocks.</summary>
    public string ClocksOf(string mark) => Path.Combine(layout.Clocks, mark);

    /// <summary>Takes a run out, with its marks and the clocks of its services; its faults come first.</summary>
    /// <exception cref="IOException">It cannot be taken out.</exception>
    public void RemoveRun(string id)
    {
        Trust(layout.Runs);
        if (Directory.Exists(layout.Clocks)
            && Read().Runs.FirstOrDefault(run => run.Id == id)?.Mark is { } mark
            && LedgerLayout.IsId(mark)
            && Directory.Exists(ClocksOf(mark)))
        {
            Directory.Delete(ClocksOf(mark), recursive: true);
        }

        files.Delete(layout.Lost(id));
        files.Delete(layout.Run(id));
    }

    /// <summary>
    /// Removes what a process that died left unfinished: a new file that never took its place, a mark without its run. Nobody needs these,
    /// and nothing is removed that somebody still works on.
    /// </summary>
    /// <exception cref="IOException">They cannot be removed.</exception>
    internal void Sweep() => LedgerSweep.Run(layout, files, Read());

    /// <summary>Why a run has lost its faults to somebody else; null for a run that has not.</summary>
    /// <exception cref="IOException">The mark cannot be read.</exception>
    public string? LossOf(string run)
    {
        Trust(layout.Runs);
        return Mark.Read(files, layout.Lost(run), "somebody else took its faults back, and could not write down who");
    }

    /// <summary>
    /// Tells a run that its faults are being taken back by somebody else. From when this returns it puts no new fault in; one that it was
    /// just putting in stands in the ledger, or its runner finds the mark before it touches anything.
    /// </summary>
    /// <exception cref="IOException">The mark cannot be written.</exception>
    public void MarkLost(string run, string reason)
    {
        Trust(layout.Runs);
        Mark.Set(files, layout.Lost(run), reason);
    }

    /// <summary>
    /// Why every run on this machine has to stop; null where nobody said so. Where it cannot be read whether somebody did, everything
    /// counts as halted.
    /// </summary>
    public string? HaltReason => Halted?.Reason;

    /// <summary>The same with what lets runs start again.</summary>
    public HaltSighting? Halted
    {
        get
        {
            if (LedgerTrust.Of(layout.Root) is { } distrust)
            {
                return Unreadable(
                    $"the folder {layout.Root} {distrust}", $"see to that, or set {StateFolder.Variable} to a folder of your own");
            }

            try
            {
                return Mark.Read(files, layout.Halt, $"everything is halted, and {layout.Halt} does not say by whom") is { } reason
                    ? new HaltSighting(reason, Release)
                    : null;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return Unreadable(
                    failure.Message, Directory.Exists(layout.Halt) ? $"look into {layout.Halt} and move it away by hand" : Release);
            }
        }
    }

    /// <summary>Stops every run of this user on this machine, and keeps new ones from starting.</summary>
    /// <exception cref="IOException">The mark cannot be written.</exception>
    public void Halt(string reason)
    {
        Trust(layout.Root);
        Mark.Set(files, layout.Halt, reason);
    }

    /// <summary>Lets runs start again.</summary>
    /// <returns>Whether there was a halt, or something that counted as one.</returns>
    /// <exception cref="IOException">The mark cannot be taken away.</exception>
    public bool ReleaseHalt()
    {
        Trust(layout.Root);
        return Mark.Remove(files, layout.Halt);
    }

    // Looked at each time: what is ours now may be a link, or open to everybody, in the middle of a run.
    private void Trust(string folder)
    {
        foreach (var place in folder == layout.Root ? (ReadOnlySpan<string>)[layout.Root] : [layout.Root, folder])
        {
            if (LedgerTrust.Of(place) is { } distrust)
            {
                throw new IOException($"the folder {place} {distrust}");
            }
        }
    }

    private HaltSighting Unreadable(string problem, string advice) =>
        new($"whether everything is halted cannot be read in {layout.Root}, so it counts as halted: {problem}", advice);

    private static bool IsHeld(FaultRecord fault, string byOtherThan, LedgerContent content) =>
        fault.State != FaultState.Confirmed || (fault.Run != byOtherThan && content.RunOf(fault) is { IsAttended: true });

    private static string NameOf(FaultRecord fault, LedgerContent content) => content.RunOf(fault) is not { } run
        ? $"a run{(fault.Runner.IsElsewhere ? "" : " that is gone")} ({fault.Runner.Text})"
        : $"{(run.IsAttended ? "the run" : "a run that died,")} '{run.Title}' ({run.Runner.Text})";

    private static async Task<FileLock?> TakeAsync(string path, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            if (FileLock.TryTake(path) is { } taken)
            {
                return taken;
            }

            if (time.GetElapsedTime(began) >= patience)
            {
                return null;
            }

            await Task.Delay(LockPace, time, cancellationToken);
        }
    }
}
