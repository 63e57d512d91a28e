using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Journals;
using Turbulence.Options;
using Turbulence.Tests.Running;

namespace Turbulence.Tests.Journals;

/// <summary>What a journal costs: what is written for it in all is a few times what it has, whatever goes on meanwhile.</summary>
public sealed class JournalCostTests : IDisposable
{
    private static readonly JsonObject Background = new() { ["background"] = true };
    private readonly TemporaryFolder folder = new();

    private string File => folder["journal.json"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1000, false, 0)]
    [InlineData(5000, false, 0)]
    [InlineData(1000, true, 0)]
    [InlineData(5000, true, 0)]
    [InlineData(1000, false, 2000)]
    [InlineData(1000, true, 2000)]
    public async Task What_is_written_in_all_is_at_most_four_times_the_journal(int activities, bool isOneOpen, int outputCharacters)
    {
        // Time stands still, so that nothing is written because its time is over.
        var run = new TestRun { Keeps = false, Time = new FakeTimeProvider() };
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (isOneOpen)
        {
            run.Action("open", Background);
            run.Provider.On("open", async token =>
            {
                await last.Task.WaitAsync(token);
                return ActivityResult.Succeeded(null);
            });
        }

        for (var i = 1; i <= activities; i++)
        {
            var isLast = i == activities;
            run.MethodProbe($"p{i}");
            run.Provider.On($"p{i}", _ =>
            {
                if (isLast)
                {
                    last.SetResult();
                }

                return ValueTask.FromResult(ActivityResult.Succeeded(new string('x', outputCharacters)));
            });
        }

        using var writer = new JournalWriter(File, new JournalHead("1"), run.Time);
        run.Observers.Add(writer);
        await run.RunAsync();
        Assert.Null(writer.Failure);
        Assert.Equal(activities + (isOneOpen ? 1 : 0), Read()["run"]!.AsArray().Count);
        Assert.InRange(writer.Written, new FileInfo(File).Length, 4 * new FileInfo(File).Length);
        Assert.Equal([File], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Nor_is_it_more_where_twenty_thousand_come_in_twenty_seconds()
    {
        var time = new FakeTimeProvider();
        var run = new TestRun { Keeps = false, Time = time };
        for (var i = 0; i < 20_000; i++)
        {
            run.MethodProbe($"p{i}");
            run.Provider.On($"p{i}", _ =>
            {
                time.Advance(TimeSpan.FromMilliseconds(1));
                return ValueTask.FromResult(ActivityResult.Succeeded(null));
            });
        }

        using var writer = new JournalWriter(File, new JournalHead("1"), time);
        run.Observers.Add(writer);
        await run.RunAsync();
        Assert.InRange(writer.Written, new FileInfo(File).Length, 4 * new FileInfo(File).Length);
    }

    [Fact]
    public async Task An_experiment_that_is_nearly_all_of_the_journal_is_not_written_again_when_the_steady_state_is_known()
    {
        var run = new TestRun { Keeps = false, Time = new FakeTimeProvider() }.Probe("gate").Action("a");
        run.Document["contributions"] = new JsonArray([.. Enumerable.Range(0, 20_000).Select(i => (JsonNode)$"line {i}")]);
        using var writer = new JournalWriter(File, new JournalHead("1"), run.Time);
        run.Observers.Add(writer);
        await run.RunAsync();

        Assert.True(JsonNode.DeepEquals(run.Document["contributions"], Read()["experiment"]!["contributions"]));
        Assert.Equal(("true", "true"), (Read()["steady_states"]!["before"]![
            "steady_state_met"]!.ToJsonString(), Read()["steady_states"]!["after"]!["steady_state_met"]!.ToJsonString()));
        Assert.InRange(writer.Written, new FileInfo(File).Length, 4 * new FileInfo(File).Length);
        Assert.Equal([File], Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_large_one_is_a_whole_document_after_every_event_and_says_what_is_known_after_eight_seconds(bool isRead)
    {
        var time = new FakeTimeProvider();
        var run = new TestRun
        {
            Time = time,
            Options = new RunOptions { Hypothesis = HypothesisStrategy.Continuously, Frequency = TimeSpan.FromMilliseconds(1) },
        }
            .Probe("p").Action("open", Background);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        run.Provider.On("open", async token =>
        {
            await release.Task.WaitAsync(token);
            return ActivityResult.Succeeded(new string('o', 100_000));
        });
        for (var i = 0; i < 40; i++)
        {
            var text = $"line {i}\n\"{new string((char)('a' + (i % 26)), i * 700)}ü";
            run.Action($"a{i}");
            run.Provider.On($"a{i}", _ => ValueTask.FromResult(ActivityResult.Succeeded(text)));
        }

        run.Action("last").Rollback("r");
        run.Provider.On("last", _ =>
        {
            release.SetResult();
            return ValueTask.FromResult(ActivityResult.Succeeded(null));
        });
        var written = new List<(RunEvent Event, JsonObject Journal)>();
        var readers = new List<(FileStream File, string Text)>();
        using var writer = new JournalWriter(File, new JournalHead("1"), time);
        run.Observers.Add(writer);
        run.Observers.Add(new AfterEachEvent(happened =>
        {
            time.Advance(TimeSpan.FromSeconds(8.5));
            written.Add((happened, Read()));
            if (isRead && readers.Count < 20)
            {
                var file = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                readers.Add((file, Text(file)));
            }
        }));
        await run.RunAsync();
        foreach (var (happened, journal) in written)
        {
            if (happened is ActivityStarted { Run.Phase: RunPhase.Method } started)
            {
                Assert.Contains(journal["run"]!.AsArray(), entry => (string?)entry!["activity"]!["name"] == started.Run.Activity.Name);
            }
            else if (happened is ActivityEnded { Run.Phase: RunPhase.Method } ended)
            {
                var entry = journal["run"]!.AsArray().Single(entry => (string?)entry!["activity"]!["name"] == ended.Run.Activity.Name)!;
                Assert.Equal(((string?)ended.Run.Output, "succeeded"), ((string?)entry["output"], (string?)entry["status"]));
            }
        }

        // Whoever began to read goes on reading what was there when he began.
        foreach (var (file, text) in readers)
        {
            Assert.Equal(text, Text(file));
            await file.DisposeAsync();
        }

        Assert.Equal([File], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void What_is_written_piece_by_piece_is_what_would_be_written_at_once()
    {
        var odd = string.Concat(Enumerable.Range(0, 9000).Select(i => "é\u2028\"\n😀\\" + (char)('a' + (i % 26))));
        foreach (var text in (ReadOnlySpan<string>)[odd, odd + "x", "x" + odd, new string('x', 16384), new string('y', 16385)])
        {
            Assert.Equal(text, (string?)JournalJson.Parse(JournalJson.Text(JsonValue.Create(text))));
            var half = JournalJson.Text(JsonValue.Create(text[..100]));
            Assert.StartsWith(
                Convert.ToHexString(half[..^1]), Convert.ToHexString(JournalJson.Text(JsonValue.Create(text))), StringComparison.Ordinal);
        }
    }

    private static string Text(FileStream file)
    {
        file.Seek(0, SeekOrigin.Begin);
        using var reader = new StreamReader(file, leaveOpen: true);
        return reader.ReadToEnd();
    }

    private JsonObject Read() => JsonNode.Parse(System.IO.File.ReadAllBytes(File))!.AsObject();

    private sealed class AfterEachEvent(Action<RunEvent> look) : IRunObserver
    {
        public void On(RunEvent happened) => look(happened);
    }
}
