using Turbulence.Cli.Lines;
using Turbulence.Cli.Terminal;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Options;

namespace Turbulence.Cli.Tests.Terminal;

public sealed class PlainConsoleTests
{
    [Fact]
    public void A_deviated_run_reads_as_in_the_reference_and_says_why() =>
        Golden.Matches("plain-deviated.txt", Plain(RecordedRun.Deviated().Events));

    [Fact]
    public void Verbose_lines_say_where_they_come_from() =>
        Golden.Matches("plain-deviated-verbose.txt", Plain(RecordedRun.Deviated().Events, verbose: true));

    [Fact]
    public void A_gate_whose_probe_fails_reads_as_in_the_reference()
    {
        var run = new RecordedRun().Started().Checks(RunPhase.Gate, fails: true)
            .Add(at => new RollbacksDecided(at, false, "nothing of the method was started", 1, null))
            .Ended(Verdict.Inconclusive, 3, status: RunStatus.Failed, reasons: "the gate was not met");
        Golden.Matches("plain-gate-failed.txt", Plain(run.Events));
    }

    [Fact]
    public void Continuous_checks_and_an_interruption_read_as_in_the_reference()
    {
        var run = new RecordedRun().Started(options: new RunOptions { Hypothesis = HypothesisStrategy.Continuously, Dry = DryMode.Pause });
        run.Add(at => new ContinuousStarted(at, TimeSpan.FromSeconds(1))).Add(at => new MethodStarted(at, 0));
        run.Checks(RunPhase.During, met: false, iteration: 1);
        run.Add(at => new ContinuousEnded(at, 3, 1, true));
        run.Add(at => new RunInterrupted(at, new Interruption(InterruptionCause.Termination, "SIGTERM signal received")));
        run.Add(
            at => new RunInterrupted(at, new Interruption(InterruptionCause.ExitSignal, "Received the exit signal: 30", KeepFaults: true)));
        run.Add(at => new RollbacksDecided(at, false, "asked", 2, "Rollbacks were explicitly requested to not be played"));
        run.Add(at => new RollbacksDecided(at, true, "asked", 0, "Rollbacks were explicitly requested to be played"));
        run.Ended(Verdict.Interrupted, 4, status: RunStatus.Interrupted, reasons: "SIGTERM signal received");
        Golden.Matches("plain-continuous-interrupted.txt", Plain(run.Events));
    }

    [Fact]
    public void Control_codes_are_shown_and_line_breaks_are_indented()
    {
        var run = new RecordedRun();
        run.Add(at => new Notice(at, NoticeLevel.Error, "first\r\nsecond \e[31mred\a\tend\n"));
        Assert.Equal("[2026-11-22 13:22:05 ERROR] first\n    second \\x1b[31mred\\x07\tend\n", Plain(run.Events));
    }

    [Fact]
    public void A_line_below_the_minimum_is_left_out()
    {
        var run = new RecordedRun();
        run.Add(at => new Notice(at, NoticeLevel.Debug, "quiet")).Add(at => new Notice(at, NoticeLevel.Critical, "loud"));
        Assert.Equal("[2026-11-22 13:22:05 CRITICAL] loud\n", Plain(run.Events));
    }

    [Fact]
    public void Times_are_of_the_given_zone()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(5.5), "test", "test");
        var run = new RecordedRun().Add(at => new Notice(at, NoticeLevel.Information, "hello"));
        var text = new EventText(new TextLineFormat(zone, origin: false), NoticeLevel.Debug).Of(run.Events[0]);
        Assert.Equal("[2026-11-22 18:52:05 INFO] hello\n", text);
    }

    [Fact]
    public void A_trace_is_shown_to_whoever_asks_for_it()
    {
        var run = new RecordedRun();
        var crash = run.Begins(RecordedRun.Action("crash"), RunPhase.Method) with
        {
            End = ActivityEnd.Crashed,
            Message = "oops",
            Trace = ["one.py:1", "two.py:2"],
        };
        run.Add(at => new ActivityEnded(at, crash));
        Assert.Equal(
            "[2026-11-22 13:22:05 INFO] Action: crash\n[2026-11-22 13:22:05 ERROR]   => failed: oops\n", Plain(run.Events));
        Assert.Contains("crash failed at\n    one.py:1\n    two.py:2\n", Plain(run.Events, verbose: true), StringComparison.Ordinal);
    }

    private static string Plain(IEnumerable<RunEvent> events, bool verbose = false)
    {
        var written = new StringWriter();
        var format = new TextLineFormat(TimeZoneInfo.Utc, origin: verbose);
        var console = new PlainConsole(written, new EventText(format, verbose ? NoticeLevel.Debug : NoticeLevel.Information));
        foreach (var happened in events)
        {
            console.On(happened);
        }

        return written.ToString();
    }
}
