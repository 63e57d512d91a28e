using System.CommandLine;
using System.Globalization;
using Turbulence.Cli.CommandLine;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Faults;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Recoveries;
using Turbulence.Platform.Processes;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// <c>chaos halt</c>: every run of this user on this machine stops and takes its faults back, and no new one starts until <c>--release</c>:
/// <code>
///   mark on disk ─▶ runs see it, stop, take back ─▶ all gone? ─ yes ──────────────────────────▶ done
///    │ not possible                                 │ not within the time limit
///    └▶ SIGTERM to each ─▶                          └▶ runs marked as lost ─▶ taken back from here
/// </code>
/// A run is entered before the first code that is not ours is called, and stays so until the last: what is waited for is all that goes on.
/// Called twice, or beside a guardian, it finds done what is done.
/// </summary>
internal static class HaltVerb
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var release = Choice.Flag("--release", "Let runs start again.");
        var timeout = Choice.Seconds("--timeout", "How long the runs may take to stop by themselves. [default: 10]");
        var verb = new Command("halt", "Stop every run on this machine, take everything back, and let no new run start.")
        {
            release,
            timeout,
        };
        verb.SetAction((parsed, _) => FaultCall.InvokeAsync(
            globals.Read(parsed),
            around,
            call => parsed.GetValue(release)
                ? Task.FromResult(Release(call))
                : HaltAsync(call, parsed.GetValue(timeout) ?? DefaultPatience, around.Time, globals.Read(parsed).Compatibility)));
        return verb;
    }

    private static int Release(FaultCall call)
    {
        var was = false;
        string? problem = null;
        try
        {
            was = call.Room.Ledger.ReleaseHalt();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = failure.Message;
        }

        // Looked at again: what cannot be taken away goes on to be a halt, and only what is none lets runs start.
        if (call.Room.Ledger.Halted is { } halted)
        {
            call.Say(NoticeLevel.Critical, problem is null || halted.Reason.EndsWith(problem, StringComparison.Ordinal)
                ? $"Runs can not start: {halted}"
                : $"Runs can not start: {halted.Reason}; it cannot be taken away: {problem}");
            return ExitCode.NeedsAPerson;
        }

        call.Say(NoticeLevel.Information, was ? "Runs can start again" : "There was no halt: runs can start");
        return ExitCode.Done;
    }

    private static async Task<int> HaltAsync(FaultCall call, TimeSpan patience, TimeProvider time, Compatibility compatibility)
    {
        var ledger = call.Room.Ledger;
        var problem = ledger.Prepare();

        // Looked at on both sides of the mark: a run may see it and be gone before the second look, and one may begin after the first.
        var before = problem is null ? Stopping(ledger) : [];
        var isMarked = TryMark(
            call, string.Create(CultureInfo.InvariantCulture, $"'chaos halt' was called at {time.GetLocalNow():yyyy-MM-dd HH:mm:ss}"));
        if (problem is not null)
        {
            call.Say(NoticeLevel.Error, isMarked ? $"What goes on cannot be found: {problem}" : $"Nothing could be halted: {problem}");
            return ExitCode.NeedsAPerson;
        }

        var exitCode = ExitCode.Done;
        foreach (var run in Stopping(ledger).Concat(before).DistinctBy(run => run.Id))
        {
            call.Say(NoticeLevel.Information, $"Stopping the run '{run.Title}' ({run.Runner.Text})");
            if (!isMarked && ProcessHandle.TryOpen(run.Runner.Process, out var runner, out _))
            {
                using (runner)
                {
                    runner.Signal(PosixSignalNumber.Terminate);
                }
            }
        }

        await WaitAsync(ledger, patience, time);
        var late = Stopping(ledger);
        foreach (var run in late)
        {
            call.Say(
                NoticeLevel.Warning,
                $"The run '{run.Title}' ({run.Runner.Text}) did not stop within {patience.TotalSeconds:0.##} s; its faults are taken back from here");
            TryMarkLost(call, run);
        }

        if (ledger.Read() is var content && (content.Faults.Any(fault => fault.State != FaultState.Confirmed
            && !LedgerContent.IsElsewhere(fault)) || content.Damaged.Count > 0 || RunRemains.Abandoned(content).Count > 0))
        {
            exitCode = await FaultsRevertVerb.RevertAsync(call, null, compatibility, "'chaos halt'");
        }

        foreach (var run in Stopping(ledger))
        {
            call.Say(
                NoticeLevel.Critical,
                $"The run '{run.Title}' still goes on, though nothing of its faults is in; end its process {run.Runner.Id} by hand");
            exitCode = ExitCode.NeedsAPerson;
        }

        var elsewhere = ledger.Read().Elsewhere;
        foreach (var run in elsewhere)
        {
            call.Say(NoticeLevel.Warning, $"In the ledger {run}");
        }

        if (!isMarked)
        {
            exitCode = ExitCode.NeedsAPerson;
        }

        call.Say(
            exitCode == ExitCode.Done ? NoticeLevel.Information : NoticeLevel.Critical,
            exitCode == ExitCode.Done
                ? $"Every run{(elsewhere.Count > 0 ? " of this host" : "")} is stopped and no fault{(elsewhere.Count > 0 ? " of them" : "")} is in; {ledger.Halted?.Advice}"
                : "Somebody has to look: see above");
        return exitCode;
    }

    // A disk that takes no mark is no reason to let runs go on: they are asked another way, and the exit code says that new ones may start.
    private static bool TryMark(FaultCall call, string reason)
    {
        try
        {
            call.Room.Ledger.Halt(reason);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What stands there and cannot be read is a halt to every run.
            if (call.Room.Ledger.Halted is { } halted)
            {
                call.Say(NoticeLevel.Warning, $"The halt cannot be written down ({failure.Message}), and {halted}");
                return true;
            }

            call.Say(NoticeLevel.Critical, $"The halt cannot be written down, so new runs can start: {failure.Message}");
            return false;
        }
    }

    private static void TryMarkLost(FaultCall call, RunRecord run)
    {
        try
        {
            call.Room.Ledger.MarkLost(run.Id, "'chaos halt' took its faults back");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            call.Say(NoticeLevel.Critical, $"The run '{run.Title}' cannot be told: {failure.Message}");
        }
    }

    private static List<RunRecord> Stopping(Ledger ledger) => [.. ledger.Read().Runs.Where(run => run.IsRunnerAlive)];

    private static async Task WaitAsync(Ledger ledger, TimeSpan patience, TimeProvider time)
    {
        // One that could not be entered looks for the mark this often, and cannot be waited for in another way.
        await Task.Delay(RunEntry.Pace * 2, time);
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < patience && ledger.Read() is var content
            && (content.Runs.Any(run => run.IsRunnerAlive)
                || content.Faults.Any(
                    fault => fault.State != FaultState.Confirmed && !LedgerContent.IsElsewhere(fault) && content.IsAttended(fault))))
        {
            await Task.Delay(Pace, time);
        }
    }
}
