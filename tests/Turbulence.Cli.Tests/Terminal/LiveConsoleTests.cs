using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Terminal.Live;
using Turbulence.Events;
using Turbulence.Interruptions;

namespace Turbulence.Cli.Tests.Terminal;

public sealed class LiveConsoleTests
{
    private readonly FakeTimeProvider time = new(RecordedRun.Begin);

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    [InlineData(12)]
    public void A_run_leaves_a_transcript(int width)
    {
        var terminal = new TestTerminal(width);
        using (var console = Console(terminal))
        {
            Play(console, RecordedRun.Deviated().Events);
        }

        Golden.Matches($"live-deviated-{width}.txt", terminal.Read());
    }

    [Fact]
    public void What_goes_on_stands_below_what_has_ended()
    {
        var terminal = new TestTerminal(80);
        using var console = Console(terminal);
        var shown = new List<string>();
        foreach (var happened in RecordedRun.Deviated().Events)
        {
            Play(console, [happened]);
            if (happened is PauseStarted or ActivityStarted { Run.Phase: RunPhase.Method or RunPhase.Rollbacks })
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                shown.Add(string.Join('\n', terminal.Read().Split('\n').TakeLast(6)));
            }
        }

        Golden.Matches("live-moments.txt", string.Join("\n--------\n", shown));
    }

    [Fact]
    public void A_fault_has_a_row_from_its_first_touch_until_it_is_seen_to_be_gone()
    {
        var terminal = new TestTerminal(80);
        using var console = Console(terminal);
        var fault = new FaultReport("k3f9", "process.pause", "freeze", FaultState.Planned, ["process 4711 (rand-server)"], "SIGCONT");
        FaultReport[] steps =
        [
            fault with { State = FaultState.Injecting },
            fault with { State = FaultState.Active },
            fault with { State = FaultState.Active, Due = RecordedRun.Begin.AddSeconds(10) },
            fault with { State = FaultState.Active, Due = RecordedRun.Begin },
            fault with { State = FaultState.Reverting },
            fault with { State = FaultState.Reverted },
            fault with { State = FaultState.Confirmed },
        ];
        Play(console, new RecordedRun().Started().Events);
        var shown = new List<string>();
        foreach (var step in steps)
        {
            Play(console, [new FaultChanged(time.GetUtcNow(), step, FaultState.Planned)]);
            time.Advance(TimeSpan.FromSeconds(1));
            shown.Add(terminal.Read().Split('\n')[^1]);
        }

        Golden.Matches("live-fault-rows.txt", string.Join("\n", shown));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    public void However_long_the_name_of_a_target_is_the_countdown_of_its_fault_is_seen(int width)
    {
        var terminal = new TestTerminal(width);
        using var console = Console(terminal);
        Play(console, new RecordedRun().Started().Events);
        var fault = new FaultReport(
            "k3f9", "process.pause", "freeze", FaultState.Active, [$"process 4711 ({new string('x', 200)})"], "SIGCONT")
        {
            Due = RecordedRun.Begin.AddSeconds(100),
        };
        Play(console, [new FaultChanged(time.GetUtcNow(), fault, FaultState.Planned)]);
        time.Advance(TimeSpan.FromSeconds(1));
        var row = terminal.Read().Split('\n')[^1];
        Assert.EndsWith(" left", row.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("fault k3f9 process", row, StringComparison.Ordinal);
        Assert.True(row.TrimEnd().Length < width, row);
    }

    [Fact]
    public void The_proxies_of_services_have_rows_as_services_have()
    {
        var terminal = new TestTerminal(80);
        using var console = Console(terminal);
        var run = new RecordedRun().Started();
        run.Add(at => new ServiceChanged(at, ServiceChanged.FaultProxies, ServiceState.Starting, ""));
        Play(console, run.Events);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains(" fault proxies starting", terminal.Read(), StringComparison.Ordinal);

        Play(console, [new ServiceChanged(
            time.GetUtcNow(), ServiceChanged.FaultProxies, ServiceState.Ready, "db 127.0.0.1:15432 -> localhost:5432")]);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("✓ fault proxies are ready  db 127.0.0.1:15432 -> localhost:5432", terminal.Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pause_that_was_cut_short_says_how_long_it_was()
    {
        var terminal = new TestTerminal(80);
        using var console = Console(terminal);
        var run = new RecordedRun().Started();
        run.Add(at => new PauseStarted(at, 99, RecordedRun.Action("kill"), false, TimeSpan.FromSeconds(40), "40"));
        run.After(2).Add(at => new RunInterrupted(at, new Interruption(InterruptionCause.Keyboard, "Ctrl-C")));
        Play(console, run.Events);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("· paused 2.0 s of 40.0 s after kill", terminal.Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_activity_that_says_how_far_it_is_has_that_in_its_row()
    {
        var terminal = new TestTerminal(100);
        using var console = Console(terminal);
        var run = new RecordedRun().Started();
        var load = run.Begins(RecordedRun.Action("users"), RunPhase.Method);
        Play(console, run.Events);
        var told = new JsonObject
        {
            ["intended"] = 12_345,
            ["outcomes"] = new JsonObject { ["ok"] = 1 },
            ["phase_name"] = "a\u001b[2J",
            ["lost"] = 3,
        };
        Play(console, [new ActivityProgressed(time.GetUtcNow(), load, told)]);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("intended 12,345, phase name a\\x1b[2J  1.", terminal.Read(), StringComparison.Ordinal);

        Play(console, [new ActivityProgressed(time.GetUtcNow(), load with { Id = 99 }, told)]);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(terminal.Read().Split('\n'), static line => line.Contains("intended", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(20, "users  3 lost")]
    [InlineData(40, "users  1,000 requests, 3 lost")]
    [InlineData(60, "users  1,000 requests, 15/s, 3 lost, p99 71.3 ms  2.0 s")]
    [InlineData(200, "users  1,000 requests, 15/s, 3 lost, p99 71.3 ms  2.0 s")]
    public void Users_have_a_row_that_says_how_they_are_going_and_less_of_it_where_there_is_less_room(int width, string expected)
    {
        var terminal = new TestTerminal(width);
        using var console = Console(terminal);
        Play(console, new RecordedRun().Started().Events);
        Play(console, [new UsersProgressed(time.GetUtcNow(), new JsonObject { ["requests"] = 500, ["lost"] = 0, ["p99_ms"] = 0.5 })]);
        var told = new JsonObject
        {
            ["requests"] = 1000,
            ["lost"] = 3,
            ["p99_ms"] = 71.25,
            ["parts"] = new JsonObject { ["part_ms"] = 100, ["requests"] = new JsonArray(1, 2) },
        };
        Play(console, [new UsersProgressed(time.GetUtcNow(), told)]);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.EndsWith(expected, terminal.Read().TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Play(console, [new UsersMeasured(time.GetUtcNow(), [], [])]);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain("users  ", terminal.Read().TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_load_of_the_method_has_a_row_like_that_of_users()
    {
        var terminal = new TestTerminal(100);
        using var console = Console(terminal);
        var run = new RecordedRun().Started();
        var load = run.Begins(RecordedRun.Load("rush"), RunPhase.Method);
        Play(console, run.Events);
        var told = new JsonObject { ["intended"] = 21, ["lost"] = 0, ["latency_ms"] = new JsonObject { ["p99"] = 1.5 } };
        Play(console, [new ActivityProgressed(time.GetUtcNow(), load, told)]);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("action rush  21 requests, none lost, p99 1.50 ms  1.", terminal.Read(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public void The_verdict_says_what_users_felt_where_journal_and_reports_are_and_what_the_program_ends_with(int width)
    {
        var terminal = new TestTerminal(width, height: 60);
        using (var console = Console(terminal))
        {
            var run = new RecordedRun().Started().Checks(RunPhase.Gate);
            var load = run.Begins(RecordedRun.Load("rush"), RunPhase.Method);
            run.After(3).Ends(load with { Output = RecordedRun.Figures });
            string[] lines =
            [
                "users: 12,345 requests, 12 lost (12,333 ok, 12 refused), p50 3.40 ms, p99 107 ms",
                "users at fault k3f9: 12 lost in 180 ms, another one answered after 107 ms, back at once",
            ];
            run.Add(at => new UsersMeasured(at, [], lines));
            var outcome = new RunOutcome(RunStatus.Completed, false, Verdict.Passed, false, []) { Notes = lines };
            run.Add(at => new RunEnded(at, outcome, at - RecordedRun.Begin));
            Play(console, run.Events);
            RunFile[] files =
                [new("journal", "./journal.json", null), new("report", "r.md", null), new("report", "/full/r.html", "not written")];
            console.Close(new RunClosing(2, files));
        }

        Golden.Matches($"live-verdict-{width}.txt", terminal.Read().Split("✓ action rush")[^1]);
        Assert.All(terminal.Read().Split('\n'), line => Assert.True(line.Length < width, line));
    }

    [Fact]
    public void A_verdict_is_shown_though_nobody_says_how_the_program_ends()
    {
        var terminal = new TestTerminal(80);
        using (var console = Console(terminal))
        {
            Play(console, new RecordedRun().Started().Ended(Verdict.Deviated, 1, deviated: true).Events);
            Assert.DoesNotContain("exit code", terminal.Read(), StringComparison.Ordinal);
        }

        Assert.Contains("exit code 1", terminal.Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void Safeguards_that_watch_have_a_row()
    {
        var terminal = new TestTerminal(80);
        using var console = Console(terminal);
        var run = new RecordedRun().Started().Add(at => new SafeguardsStarted(at, 2)).Add(at => new MethodStarted(at, 1));
        Play(console, run.Events);
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Contains("2 safeguards watch  for 3.0 s", terminal.Read(), StringComparison.Ordinal);
        Play(console, new RecordedRun().After(3).Add(at => new SafeguardsEnded(at, 8, null)).Events);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.EndsWith("  ✓ 2 safeguards: 8 checks, none missed", terminal.Read().TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_identical_misses_are_one_row_with_a_count()
    {
        var terminal = new TestTerminal(80);
        using var console = Console(terminal);
        var run = new RecordedRun().Started().Add(at => new ContinuousStarted(at, TimeSpan.FromSeconds(1)));
        for (var i = 1; i <= 10; i++)
        {
            run.After(1).Checks(RunPhase.During, met: false, iteration: i);
        }

        Play(console, run.Add(at => new ContinuousEnded(at, 10, 10, false)).Events);
        time.Advance(TimeSpan.FromSeconds(1));
        var shown = terminal.Read();
        Assert.Equal(2, shown.Split("expected status equals 200, got 503").Length);
        Assert.Contains("· the same 9 more times", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_system_that_settles_late_says_how_late()
    {
        var terminal = new TestTerminal(80);
        using var console = Console(terminal);
        var check = new HypothesisRun(RunPhase.Closing, "h", 0, false, []) { IsRepeated = true, Settled = TimeSpan.Zero };
        var run = new RecordedRun()
            .Started()
            .Add(at => new HypothesisStarted(at, RunPhase.Closing, "h", 0))
            .Add(at => new HypothesisEnded(at, check));
        run.After(1.5).Add(at =>
            new HypothesisEnded(at, check with { Met = true, IsRepeated = false, Iteration = 6, Settled = TimeSpan.FromSeconds(1.5) }));
        Play(console, run.Events);
        time.Advance(TimeSpan.FromSeconds(1));
        var shown = terminal.Read();
        Assert.Contains("! not met yet; it is checked again while the system settles", shown, StringComparison.Ordinal);
        Assert.Contains("✓ met  1.5 s after everything was taken back", shown, StringComparison.Ordinal);
    }

    [GateFact]
    public void Of_ten_thousand_running_activities_the_last_ones_are_shown()
    {
        var terminal = new TestTerminal(60);
        using var console = Console(terminal);
        var run = new RecordedRun().Started().Add(at => new MethodStarted(at, 10_000));
        var begun = Enumerable
            .Range(1, 10_000)
            .Select(i => run.Begins(RecordedRun.Action($"load-{i}", background: true), RunPhase.Method))
            .ToList();
        Play(console, run.Events);
        time.Advance(TimeSpan.FromSeconds(1));
        var lines = terminal.Read().Split('\n');
        Assert.Equal(15, lines.Length);
        Assert.Contains("and 9989 more", lines[3], StringComparison.Ordinal);
        Assert.Contains("action load-10000 in the background", lines[14], StringComparison.Ordinal);

        run.Events.Clear();
        begun.ForEach(activity => run.Ends(activity));
        Play(console, run.Events);
        time.Advance(TimeSpan.FromSeconds(1));
        lines = terminal.Read().Split('\n');
        Assert.Equal(10_003, lines.Length);
        Assert.StartsWith("  ✓ action load-10000", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_drawn_while_nothing_moves()
    {
        var terminal = new TestTerminal(80);
        using var console = Console(terminal);
        Play(console, new RecordedRun().Started().Checks(RunPhase.Gate).Events);
        time.Advance(TimeSpan.FromSeconds(1));
        var frames = terminal.Frames;
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(frames, terminal.Frames);
    }

    [Fact]
    public void Ten_frames_a_second_are_enough()
    {
        var terminal = new TestTerminal(80);
        using var console = Console(terminal);
        var run = new RecordedRun().Started();
        run.Begins(RecordedRun.Action("wait"), RunPhase.Method);
        Play(console, run.Events);
        time.Advance(TimeSpan.FromMilliseconds(1));
        var before = terminal.Frames;
        for (var i = 0; i < 1000; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            console.On(new Notice(time.GetUtcNow(), NoticeLevel.Information, $"line {i}"));
        }

        Assert.InRange((terminal.Frames - before) / 2, 4, 10);
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    public void A_terminal_that_becomes_narrower_keeps_its_scroll_back_whether_it_breaks_lines_anew_or_cuts_them(bool reflows, int up)
    {
        var terminal = new TestTerminal(60);
        using var console = new LiveConsole(
            new LiveView(Glyphs.Unicode, verbose: false), new LiveScreen(terminal, ColorSystemSupport.Standard, reflows), time);
        var run = new RecordedRun().Started("A title");
        run.Begins(RecordedRun.Action("an-activity-with-a-rather-long-name-indeed"), RunPhase.Method);
        Play(console, run.Events);
        time.Advance(TimeSpan.FromMilliseconds(100));
        terminal.Width = 20;
        time.Advance(TimeSpan.FromMilliseconds(100));
        var shown = terminal.ReadRaw();
        Assert.Contains($"\r\e[{up}A\e[2K  ", shown, StringComparison.Ordinal);
        Assert.EndsWith(" action an-acti…\n\e[2K\e[J", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_than_a_line_is_erased_before_what_takes_its_place_is_written_and_the_cursor_is_never_hidden()
    {
        var terminal = new TestTerminal(80);
        using (var console = Console(terminal))
        {
            Play(console, RecordedRun.Deviated().Events);
        }

        var frames = terminal.ReadRaw().Split('\r');
        Assert.True(frames.Length > 4);
        Assert.All(frames.Skip(1), static frame =>
        {
            Assert.EndsWith("\e[J", frame, StringComparison.Ordinal);
            Assert.DoesNotContain("\e[J", frame[..^1], StringComparison.Ordinal);
            Assert.All(frame.Split('\n').Skip(1), static row => Assert.StartsWith("\e[2K", row, StringComparison.Ordinal));
        });
        Assert.DoesNotContain("\e[?", terminal.ReadRaw(), StringComparison.Ordinal);
        Assert.DoesNotContain("\e[2J", terminal.ReadRaw(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_that_is_gone_does_not_disturb_the_run()
    {
        var terminal = new GoneTerminal();
        using var console = new LiveConsole(
            new LiveView(Glyphs.Unicode, verbose: false), new LiveScreen(terminal, ColorSystemSupport.NoColors), time);
        Play(console, RecordedRun.Deviated().Events);
        Assert.Equal(1, terminal.Attempts);
    }

    [Fact]
    public void Without_colours_and_unicode_it_says_the_same()
    {
        var terminal = new TestTerminal(80);
        using (var console = new LiveConsole(
            new LiveView(Glyphs.Ascii, verbose: false), new LiveScreen(terminal, ColorSystemSupport.NoColors), time))
        {
            Play(console, new RecordedRun().Started().Checks(RunPhase.Gate, met: false).Ended(Verdict.Inconclusive, 3).Events);
        }

        Assert.Contains(
            "  x probe value  3.4 ms\n    expected status equals 200, got 503\n  x not met", terminal.Read(), StringComparison.Ordinal);
    }

    private LiveConsole Console(TestTerminal terminal) =>
        new(new LiveView(Glyphs.Unicode, verbose: false), new LiveScreen(terminal, ColorSystemSupport.Standard), time);

    private void Play(LiveConsole console, IEnumerable<RunEvent> events)
    {
        foreach (var happened in events)
        {
            if (happened.At > time.GetUtcNow())
            {
                time.Advance(happened.At - time.GetUtcNow());
            }

            console.On(happened);
        }
    }

    private sealed class GoneTerminal : IAnsiConsoleOutput
    {
        public int Attempts { get; private set; }

        public TextWriter Writer
        {
            get
            {
                Attempts++;
                throw new IOException("gone");
            }
        }

        public bool IsTerminal => true;

        public int Width => 80;

        public int Height => 24;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
