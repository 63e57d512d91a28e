using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Journals;
using Turbulence.Options;
using Turbulence.Tests.Running;
using Turbulence.Tests.Running.Faults;

namespace Turbulence.Tests.Journals;

/// <summary>
/// What the journal says of faults and safeguards: under <c>turbulence</c>, and in the reference's words where it has some.
/// </summary>
public sealed class JournalFaultsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_fault_is_there_with_what_was_seen_and_when()
    {
        var keeper = new ScriptedKeeper { OnTakeBack = scene => scene.Report(ScriptedKeeper.Fault(FaultState.Confirmed, confirmed: true)) };
        var run = new TestRun
        {
            Faults = keeper,
            Time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 13, 22, 5, TimeSpan.Zero)),
        }.Action("kill");
        run.Provider.On("kill", _ =>
        {
            keeper.Scene!.Report(ScriptedKeeper.Fault(FaultState.Planned, effect: null));
            keeper.Scene!.Report(
                ScriptedKeeper.Fault(FaultState.Active) with { Due = new DateTimeOffset(2026, 11, 22, 13, 22, 10, TimeSpan.Zero) });
            return ValueTask.FromResult(ActivityResult.Succeeded(null));
        });

        var fault = Assert.Single((await WriteAsync(run))["turbulence"]!["faults"]!.AsArray())!.AsObject();

        Assert.Equal(
            ["id", "kind", "activity", "state", "targets", "effect", "undo", "irreversible", "confirmation", "by", "lost", "over_unseen", "problem", "due", "times"],
            fault.Select(member => member.Key));
        Assert.Equal("confirmed", fault["state"]!.GetValue<string>());
        Assert.Equal("process 4711 (rand-server 8002 primary)", fault["targets"]![0]!.GetValue<string>());
        Assert.Equal("""{"seen":true,"text":"process 4711 is gone"}""", fault["effect"]!.ToJsonString());
        Assert.Equal("""{"seen":true,"text":"port 8002 answers again"}""", fault["confirmation"]!.ToJsonString());
        Assert.Equal(["planned", "active", "confirmed"], fault["times"]!.AsObject().Select(time => time.Key));
        Assert.Equal("2026-11-22T13:22:05+00:00", fault["times"]!["active"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_activity_without_effect_is_failed_in_the_references_words_and_keeps_its_output()
    {
        var run = new TestRun().Action("kill");
        run.Provider.On("kill", ActivityResult.WithoutEffect("process 4711 still answers", new JsonObject { ["fault"] = "k3f9" }));
        var journal = await WriteAsync(run);
        var entry = journal["run"]![0]!;
        Assert.Equal("failed", entry["status"]!.GetValue<string>());
        Assert.Equal("k3f9", entry["output"]!["fault"]!.GetValue<string>());
        Assert.Equal("chaoslib.exceptions.ActivityFailed: process 4711 still answers\n", entry["exception"]![0]!.GetValue<string>());
        Assert.Equal("inconclusive", journal["turbulence"]!["verdict"]!.GetValue<string>());
    }

    [Fact]
    public async Task Safeguards_are_counted_and_the_one_that_was_missed_is_there()
    {
        var declaration =
            JsonNode.Parse("""{"type":"probe","name":"guard","tolerance":true,"provider":{"type":"scripted","key":"guard"}}""")!.AsObject();
        var run = new TestRun
        {
            Options = new RunOptions
            {
                Safeguards = [new Safeguard(new Turbulence.Experiments.Activity(declaration), TimeSpan.FromSeconds(1))],
            },
        }.Action("a");
        run.Provider.Returns("guard", 7);
        var safeguards = (await WriteAsync(run))["turbulence"]!["safeguards"]!;
        Assert.Equal(1, safeguards["checks"]!.GetValue<int>());
        Assert.Equal(7, safeguards["missed"]!["output"]!.GetValue<int>());
        Assert.Equal("guard", safeguards["missed"]!["activity"]!["name"]!.GetValue<string>());
    }

    private async Task<JsonObject> WriteAsync(TestRun run)
    {
        var path = folder["journal.json"];
        using var journal = new JournalWriter(path, new JournalHead("0"), run.Time);
        run.Observers.Add(journal);
        await run.RunAsync();
        Assert.Null(journal.Failure);
        return JsonNode.Parse(await File.ReadAllBytesAsync(path))!.AsObject();
    }
}
