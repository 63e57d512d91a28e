using System.CommandLine;
using System.Globalization;
using Turbulence.Cli.CommandLine;
using Turbulence.Faults;
using Turbulence.Faults.Ledgers;
using Turbulence.Running;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// <c>chaos halt</c>: every run of this user on this machine stops and takes its faults back, and no new one starts until <c>--release</c>:
/// <code>
///   mark on disk ─▶ runs see it, stop, take back ─▶ all gone? ─ yes ──────────────────────────▶ done
///                                                   │ not within the time limit
///                                                   └▶ runs marked as lost ─▶ taken back from here
/// </code>
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
        var verb = new Command("halt", "Stop every run on this machine, take everything back, and let no new run start.") { release, timeout };
        verb.SetAction((parsed, _) => FaultCall.InvokeAsync(
            globals.Read(parsed),
            around,
            call => parsed.GetValue(release)
                ? Task.FromResult(Release(call))
                : HaltAsync(call, parsed.GetValue(timeout) ?? DefaultPatience, around.Time)));
        return verb;
    }

    private static int Release(FaultCall call)
    {
        call.Say(NoticeLevel.Information, call.Room.Ledger.ReleaseHalt() ? "Runs can start again" : "There was no halt: runs can start");
        return ExitCode.Done;
    }

    private static async Task<int> HaltAsync(FaultCall call, TimeSpan patience, TimeProvider time)
    {
        var ledger = call.Room.Ledger;
        if (ledger.Prepare() is { } problem)
        {
            call.Say(NoticeLevel.Error, $"Nothing could be halted: {problem}");
            return ExitCode.NeedsAPerson;
        }

        ledger.Halt(string.Create(CultureInfo.InvariantCulture, $"'chaos halt' was called at {time.GetLocalNow():yyyy-MM-dd HH:mm:ss}"));
        foreach (var run in Stopping(ledger))
        {
            call.Say(NoticeLevel.Information, $"Stopping the run '{run.Title}' (process {run.Runner.Id})");
        }

        await WaitAsync(ledger, patience, time);
        var exitCode = ExitCode.Done;
        var late = Stopping(ledger);
        foreach (var run in late)
        {
            call.Say(NoticeLevel.Warning, $"The run '{run.Title}' (process {run.Runner.Id}) did not stop within {patience.TotalSeconds:0.##} s; its faults are taken back from here");
            ledger.MarkLost(run.Id, "'chaos halt' took its faults back");
        }

        if (ledger.Read() is var content && (content.Faults.Any(fault => fault.State != FaultState.Confirmed) || content.Damaged.Count > 0))
        {
            exitCode = await FaultsRevertVerb.RevertAsync(call, null);
        }

        foreach (var run in Stopping(ledger))
        {
            call.Say(NoticeLevel.Critical, $"The run '{run.Title}' still goes on, though nothing of its faults is in; end its process {run.Runner.Id} by hand");
            exitCode = ExitCode.NeedsAPerson;
        }

        call.Say(
            exitCode == ExitCode.Done ? NoticeLevel.Information : NoticeLevel.Critical,
            exitCode == ExitCode.Done ? "Every run is stopped and no fault is in; 'chaos halt --release' lets runs start again" : "Somebody has to look: see above");
        return exitCode;
    }

    private static List<RunRecord> Stopping(Ledger ledger) => [.. ledger.Read().Runs.Where(run => run.IsRunnerAlive)];

    private static async Task WaitAsync(Ledger ledger, TimeSpan patience, TimeProvider time)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < patience && ledger.Read() is var content
            && (content.Runs.Any(run => run.IsRunnerAlive)
                || content.Faults.Any(fault => fault.State != FaultState.Confirmed && content.IsAttended(fault))))
        {
            await Task.Delay(Pace, time);
        }
    }
}
