using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Journals;
using Turbulence.Options;
using Turbulence.Tests.Running;

namespace Turbulence.Tests.Journals;

/// <summary>The journal: the reference's keys (section 8), whole at any moment.</summary>
public sealed class JournalWriterTests : IDisposable
{
    private static readonly JsonObject Background = new() { ["background"] = true };
    private readonly TemporaryFolder folder = new();

    private string File => folder["journal.json"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_has_the_keys_of_section_8_2_in_their_order()
    {
        var journal = await WriteAsync(new TestRun().Probe("p").Action("a").Rollback("r"));
        Assert.Equal(
            ["chaoslib-version", "platform", "node", "experiment", "start", "status", "deviated", "steady_states", "run", "rollbacks", "end", "duration", "turbulence"],
            journal.Select(member => member.Key));
        Assert.Equal("completed", journal["status"]!.GetValue<string>());
        Assert.False(journal["deviated"]!.GetValue<bool>());
        Assert.True(journal["experiment"]!.AsObject().ContainsKey("dry"));
        Assert.Equal(["before", "after", "during"], journal["steady_states"]!.AsObject().Select(member => member.Key));
        Assert.Equal("passed", journal["turbulence"]!["verdict"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_run_entry_has_the_keys_of_section_8_4_in_their_order()
    {
        var run = new TestRun().Probe("p").Action("a").Action("b");
        run.Provider.On("b", ActivityResult.Failed("refused", "line 1"));
        var journal = await WriteAsync(run);
        Assert.Equal(["activity", "output", "start", "status", "end", "duration"], Keys(journal["run"]![0]!));
        Assert.Equal(["activity", "output", "start", "status", "exception", "end", "duration"], Keys(journal["run"]![1]!));
        Assert.Equal(
            ["activity", "output", "start", "status", "end", "duration", "tolerance_met"],
            Keys(journal["steady_states"]!["before"]!["probes"]![0]!));
        Assert.Equal(
            ["line 1\n", "chaoslib.exceptions.ActivityFailed: refused\n"],
            journal["run"]![1]!["exception"]!.AsArray().Select(line => line!.GetValue<string>()));
    }

    [Fact]
    public async Task Times_are_written_as_in_section_8_2()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 13, 22, 5, TimeSpan.Zero).AddTicks(9996090));
        var journal = await WriteAsync(new TestRun { Time = time }.Action("a"));
        Assert.Equal("2026-11-22T13:22:05.999609+00:00", journal["start"]!.GetValue<string>());
        time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 13, 22, 5, TimeSpan.Zero));
        Assert.Equal("2026-11-22T13:22:05+00:00", (await WriteAsync(new TestRun { Time = time }.Action("a")))["start"]!.GetValue<string>());
    }

    [Fact]
    public async Task It_is_a_whole_document_after_every_single_event()
    {
        var run = new TestRun
        {
            Options = new RunOptions { Hypothesis = HypothesisStrategy.Continuously, Frequency = TimeSpan.FromMilliseconds(1) },
        }
            .Probe("p").Action("a", Background).Action("b").Rollback("r");
        var release = new TaskCompletionSource();
        run.Provider.On("a", async token =>
        {
            await release.Task.WaitAsync(token);
            return ActivityResult.Succeeded("ü");
        });
        run.Provider.On("b", _ =>
        {
            release.SetResult();
            return ValueTask.FromResult(ActivityResult.Succeeded(new string('x', 5000)));
        });
        var states = new List<(string Event, JsonObject Journal)>();
        run.Observers.Add(new AfterEachEvent(happened => states.Add((happened.GetType().Name, Read()))));
        await WriteAsync(run, first: true);
        Assert.All(states[..^1], state => Assert.Equal("running", state.Journal["status"]!.GetValue<string>()));
        Assert.Contains(states, state => state.Event == nameof(ActivityStarted)
            && state.Journal["run"]!
                .AsArray()
                .Any(entry => entry!["activity"]!["name"]!.GetValue<string>() == "a" && !entry.AsObject().ContainsKey("status")));
        Assert.Equal("completed", states[^1].Journal["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Background_activities_stand_in_the_order_in_which_they_started()
    {
        var run = new TestRun().Action("slow", Background).Action("fast");
        var release = new TaskCompletionSource();
        run.Provider.On("slow", async token =>
        {
            await release.Task.WaitAsync(token);
            return ActivityResult.Succeeded(1);
        });
        run.Provider.On("fast", _ =>
        {
            release.SetResult();
            return ValueTask.FromResult(ActivityResult.Succeeded(2));
        });
        var journal = await WriteAsync(run);
        Assert.Equal(["slow", "fast"], journal["run"]!.AsArray().Select(entry => entry!["activity"]!["name"]!.GetValue<string>()));
        Assert.All(journal["run"]!.AsArray(), entry => Assert.Equal("succeeded", entry!["status"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_interrupted_activity_has_an_end_and_no_status()
    {
        var run = new TestRun().Action("a");
        run.Provider.On("a", async token =>
        {
            run.Stop.Request(new Interruption(InterruptionCause.Keyboard, "Ctrl-C"));
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return ActivityResult.Succeeded(null);
        });
        var journal = await WriteAsync(run);
        Assert.Equal(["activity", "output", "start", "end", "duration"], Keys(journal["run"]![0]!));
        Assert.Equal("interrupted", journal["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_large_journal_is_whole_and_leaves_no_file_beside_it()
    {
        var run = new TestRun
        {
            Options = new RunOptions { Hypothesis = HypothesisStrategy.Continuously, Frequency = TimeSpan.FromTicks(1) },
        }
            .Probe("p").Action("a");
        var enough = new TaskCompletionSource();
        run.Provider.On("p", _ => ValueTask.FromResult(ActivityResult.Succeeded(true)));
        run.Provider.On("a", async token =>
        {
            await enough.Task.WaitAsync(token);
            return ActivityResult.Succeeded(null);
        });
        var iterations = 0;
        run.OnEvent = happened =>
        {
            if (happened is HypothesisEnded { Run.Phase: RunPhase.During } && ++iterations == 3000)
            {
                enough.SetResult();
            }
        };
        var journal = await WriteAsync(run);
        Assert.Equal(iterations, journal["steady_states"]!["during"]!.AsArray().Count);
        Assert.True(new FileInfo(File).Length > JournalSpool.MemoryBytes);
        Assert.Equal([File], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task It_names_the_reference_version_whose_journal_it_is_and_ours_under_our_key()
    {
        var journal = await WriteAsync(new TestRun().Action("a"));
        Assert.Equal("1.45.0", (string?)journal["chaoslib-version"]);
        Assert.Equal("1.0", (string?)journal["turbulence"]!["version"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_its_owner_may_read_it_unless_the_reference_is_asked_for(bool isPrivate)
    {
        Needs.That(!OperatingSystem.IsWindows(), "Windows has no file modes");
        await System.IO.File.WriteAllTextAsync(File, "{}", TestContext.Current.CancellationToken);
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(File, Owner | UnixFileMode.OtherRead);
            using var writer = new JournalWriter(File, new JournalHead("1"), TimeProvider.System, isPrivate);
            await new TestRun { Observers = { writer } }.Action("a").RunAsync();
            Assert.Equal(isPrivate ? Owner : Owner | UnixFileMode.OtherRead, System.IO.File.GetUnixFileMode(File));
        }
    }

    [Fact]
    public async Task While_it_cannot_be_written_nothing_of_it_is_lost_and_it_goes_on_when_it_can()
    {
        var (there, away) = (folder["there"], folder["away"]);
        Directory.CreateDirectory(there);
        var run = new TestRun().Action("a").Action("b").Action("c");
        using var writer = new JournalWriter(Path.Combine(there, "journal.json"), new JournalHead("1"), TimeProvider.System);
        run.Observers.Add(new AfterEachEvent(happened => _ = happened switch
        {
            ActivityStarted { Run.Activity.Name: "a" } => Move(there, away),
            ActivityStarted { Run.Activity.Name: "c" } => Move(away, there),
            _ => 0,
        }));
        run.Observers.Add(writer);
        var outcome = await run.RunAsync();
        Assert.Equal((0, null), (outcome.ExitCode, writer.Failure));
        var journal = JsonNode.Parse(
            await System.IO.File.ReadAllBytesAsync(Path.Combine(there, "journal.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal(["a", "b", "c"], journal["run"]!.AsArray().Select(entry => (string?)entry!["activity"]!["name"]));
        Assert.Equal("passed", (string?)journal["turbulence"]!["verdict"]);
        Assert.Contains("The journal cannot be written", Assert.Single(run.Notices(NoticeLevel.Warning)), StringComparison.Ordinal);
        Assert.Equal("The journal is written again, and nothing of it is missing", Assert.Single(run.Notices(NoticeLevel.Information)));
        Assert.Equal(
            [there, Path.Combine(there, "journal.json")], Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(Compatibility.None, 2)]
    [InlineData(Compatibility.ChaosToolkit, 1)]
    public async Task A_run_whose_journal_is_not_complete_at_its_end_has_failed_and_says_so_in_its_last_words(
        Compatibility compatibility, int expected)
    {
        Needs.That(System.IO.File.Exists("/dev/full"), "a device that is always full is needed");
        var run = new TestRun { Options = new RunOptions { Compatibility = compatibility } }.Action("a");
        using var writer = new JournalWriter("/dev/full", new JournalHead("1"), TimeProvider.System);
        run.Observers.Add(writer);
        var outcome = await run.RunAsync();
        Assert.Equal((expected, Verdict.Failed), (outcome.ExitCode, outcome.Verdict));
        Assert.Contains("the journal is not complete: cannot write to /dev/full", outcome.Reasons[^1], StringComparison.Ordinal);
        Assert.Equal(outcome, Assert.Single(run.Events.OfType<RunEnded>()).Outcome);
    }

    [Fact]
    public async Task What_stands_where_it_was_once_written_to_is_not_followed()
    {
        Needs.That(!OperatingSystem.IsWindows(), "Windows lets few people make links");
        await System.IO.File.WriteAllTextAsync(folder["victim"], "mine", TestContext.Current.CancellationToken);
        System.IO.File.CreateSymbolicLink(folder[".journal.json.partial"], folder["victim"]);
        System.IO.File.CreateSymbolicLink(folder[".journal.json.guardian"], folder["victim"]);
        await WriteAsync(new TestRun().Action("a"));
        Assert.Equal("mine", await System.IO.File.ReadAllTextAsync(folder["victim"], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("missing/journal.json")]
    [InlineData(".")]
    public void A_path_that_can_not_be_written_is_said_before_anything_is_run(string path)
    {
        var failure = Record.Exception(() => new JournalWriter(folder[path], new JournalHead("1"), TimeProvider.System));
        Assert.True(failure is IOException or UnauthorizedAccessException, failure?.ToString());
    }

    private static int Move(string from, string to)
    {
        Directory.Move(from, to);
        return 0;
    }

    private static IEnumerable<string> Keys(JsonNode node) => node.AsObject().Select(member => member.Key);

    private JsonObject Read() => JsonNode.Parse(System.IO.File.ReadAllBytes(File))!.AsObject();

    private async Task<JsonObject> WriteAsync(TestRun run, bool first = false)
    {
        using var writer = new JournalWriter(File, new JournalHead("1.0"), run.Time);
        run.Observers.Insert(first ? 0 : run.Observers.Count, writer);
        await run.RunAsync();
        Assert.Null(writer.Failure);
        return Read();
    }

    private sealed class AfterEachEvent(Action<RunEvent> look) : IRunObserver
    {
        public void On(RunEvent happened) => look(happened);
    }
}
