using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Journals;
using Turbulence.Options;
using Turbulence.Tests.Events;
using Turbulence.Tests.Running;
using Turbulence.Tests.Running.Faults;

namespace Turbulence.Tests.Journals;

/// <summary>docs/journal.md says what stands in a journal.</summary>
public sealed class JournalPageTests
{
    private static readonly string Place = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "docs", "journal.md"));
    private static readonly string Page = File.ReadAllText(Place);

    public static TheoryData<string> Events => [.. EveryEvent.Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Events))]
    public void The_table_names_every_field_of_every_event(string name)
    {
        var happened = EveryEvent.Of(EveryEvent.Types.Single(type => type.Name == name), "text");
        var row = Assert.Single(Page.Split('\n'), line => line.StartsWith($"| `{happened.Word}` |", StringComparison.Ordinal));
        Assert.All(Fields(happened), field => Assert.Contains($"`{field}`", row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_example_is_the_timeline_of_a_run()
    {
        var journal = await JournalAsync();
        var lines = journal.Split('\n');
        var begin = Array.IndexOf(lines, "    \"timeline\": [");
        var example = string.Join('\n', ["    [", .. lines[(begin + 1)..Array.IndexOf(lines, "    ]", begin)], "    ]"]);
        var start = Page.IndexOf("\n    [\n", StringComparison.Ordinal) + 1;
        var end = Page.IndexOf("\n    ]\n", start, StringComparison.Ordinal) + "\n    ]".Length;
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") is not null)
        {
            await File.WriteAllTextAsync(Place, Page[..start] + example + Page[end..], TestContext.Current.CancellationToken);
        }
        else
        {
            Assert.Equal(Page[start..end], example);
        }
    }

    [Fact]
    public async Task The_page_names_every_key_of_ours()
    {
        var ours = JsonNode.Parse(await JournalAsync())!["turbulence"]!.AsObject();
        Assert.All(ours, member => Assert.Contains($"`{member.Key}`", Page, StringComparison.Ordinal));
        Assert.All(ours["faults"]![0]!.AsObject(), member => Assert.Contains($"`{member.Key}`", Page, StringComparison.Ordinal));
        Assert.All(ours["machine"]!.AsObject(), member => Assert.Contains($"`{member.Key}`", Page, StringComparison.Ordinal));
    }

    private static async Task<string> JournalAsync()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 13, 22, 5, TimeSpan.Zero));
        var keeper = new ScriptedKeeper
        {
            OnTakeBack = scene =>
            {
                scene.Report(ScriptedKeeper.Fault(FaultState.Reverting));
                time.Advance(TimeSpan.FromSeconds(0.041));
                scene.Report(ScriptedKeeper.Fault(FaultState.Confirmed, confirmed: true));
            },
        };
        var run = new TestRun
        {
            Time = time,
            RunId = "k3f9ab2cde",
            Faults = keeper,
            Options = new RunOptions { Rollbacks = RollbackStrategy.Always },
        }
            .Probe("users-are-served").Action("users", new JsonObject { ["background"] = true }).Action("kill");
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        run.Provider.OnCall("users", async (call, token) =>
        {
            await killed.Task.WaitAsync(token);
            call.Progress(new JsonObject { ["requests"] = 998, ["lost"] = 2 });
            time.Advance(TimeSpan.FromSeconds(1.5));
            return ActivityResult.Succeeded(null);
        });
        run.OnEvent = happened =>
        {
            if (happened is ActivityEnded { Run: { Activity.Name: "kill" } })
            {
                killed.TrySetResult();
            }
        };
        run.Provider.On("kill", _ =>
        {
            keeper.Scene!.Report(ScriptedKeeper.Fault(FaultState.Planned, effect: null));
            keeper.Scene!.Report(ScriptedKeeper.Fault(FaultState.Injecting, effect: null));
            time.Advance(TimeSpan.FromSeconds(0.012345));
            keeper.Scene!.Report(ScriptedKeeper.Fault(FaultState.Active));
            return ValueTask.FromResult(ActivityResult.Succeeded(null));
        });
        using var folder = new TemporaryFolder();
        using var writer = new JournalWriter(folder["journal.json"], new JournalHead("1"), time);
        run.Observers.Add(writer);
        await run.RunAsync();
        return await File.ReadAllTextAsync(folder["journal.json"], TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Fields(RunEvent happened)
    {
        using var stream = new MemoryStream();
        using (var line = new Utf8JsonWriter(stream))
        {
            line.WriteStartObject();
            happened.Describe(line);
            line.WriteEndObject();
        }

        return JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()))!.AsObject().Select(member => member.Key);
    }
}
