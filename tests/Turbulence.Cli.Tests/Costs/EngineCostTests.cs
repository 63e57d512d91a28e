using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Activities;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Terminal;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Journals;
using Turbulence.Loading;
using Turbulence.Options;
using Turbulence.Running;
using Turbulence.Runs;
using Turbulence.Runs.Requests;
using Turbulence.Values;

namespace Turbulence.Cli.Tests.Costs;

/// <summary>
/// What the engine itself takes for an activity: everything but the work of its provider, with a journal, lines, and a secret to be masked.
/// In bytes and not in time, so that it is the same on every machine.
/// </summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class EngineCostTests : IDisposable
{
#if DEBUG
    // There what waits is an object even where nothing has to wait.
    private const int Unoptimised = 2;
#else
    private const int Unoptimised = 1;
#endif

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_an_activity_makes_the_engine_allocate_is_no_more_than_is_written_down()
    {
        const int First = 200;
        const int Last = 1200;
        long before = 0;
        long after = 0;
        var (firstThread, lastThread) = (0, -1);
        await RunAsync(Last, call =>
        {
            if (call == First)
            {
                (before, firstThread) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CurrentManagedThreadId);
            }
            else if (call == Last)
            {
                (after, lastThread) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CurrentManagedThreadId);
            }
        });

        // A provider that does not wait gives nobody a reason to go to another thread.
        Assert.Equal(firstThread, lastThread);
        Assert.InRange((after - before) / (Last - First), 1, AllowedBytes.For("an-activity") * Unoptimised);
    }

    [Fact]
    public async Task What_is_kept_of_an_activity_that_has_ended_is_no_more_than_is_written_down()
    {
        const int First = 1000;
        const int Last = 10_000;
        long before = 0;
        long after = 0;
        await RunAsync(Last, call =>
        {
            if (call == First)
            {
                before = GC.GetTotalMemory(forceFullCollection: true);
            }
            else if (call == Last)
            {
                after = GC.GetTotalMemory(forceFullCollection: true);
            }
        });

        Assert.InRange((after - before) / (Last - First), long.MinValue, AllowedBytes.For("an-activity-kept"));
    }

    [Fact]
    public async Task What_a_run_allocates_for_an_activity_of_its_document_before_the_first_one_begins_is_no_more_than_is_written_down()
    {
        const int Activities = 10_000;
        var (before, after) = (0L, 0L);
        await RunAsync(Activities, call => after = call == 1 ? GC.GetAllocatedBytesForCurrentThread() : after, () =>
            before = GC.GetAllocatedBytesForCurrentThread());
        Assert.InRange((after - before) / Activities, 1, AllowedBytes.For("a-run-that-begins") * Unoptimised);
    }

    [Fact]
    public async Task What_is_kept_of_an_activity_of_a_document_that_is_loaded_is_no_more_than_is_written_down()
    {
        const int Activities = 10_000;
        Task<LoadResult> LoadAsync(int activities)
        {
            WriteExperiment(activities);
            return new ExperimentLoader(TimeProvider.System).LoadAsync(
                folder["experiment.json"], new LoadOptions(), TestContext.Current.CancellationToken);
        }

        List<LoadResult> loaded = [await LoadAsync(1)];
        var most = await MostKeptAsync(async () => loaded.Add(await LoadAsync(Activities)));

        Assert.InRange(most / Activities, 1, AllowedBytes.For("a-loaded-activity"));
        Assert.All(loaded, result => Assert.True(result.Succeeded));
    }

    [Fact]
    public async Task What_is_kept_of_an_activity_of_an_experiment_that_is_ready_to_run_is_no_more_than_is_written_down()
    {
        const int Activities = 10_000;
        var place = new RunPlace { Folder = folder.Path, StateFolder = folder["state"] };
        Task<PreparedRun> PrepareAsync(int activities)
        {
            WriteExperiment(activities);
            return Chaos.Load("experiment.json").PrepareAsync(place: place, purpose: RunPurpose.Look);
        }

        List<PreparedRun> prepared = [await PrepareAsync(1)];
        var most = await MostKeptAsync(async () => prepared.Add(await PrepareAsync(Activities)));

        Assert.InRange(most / Activities, 1, AllowedBytes.For("a-prepared-activity"));
        foreach (var run in prepared)
        {
            Assert.Null(run.Refusal);
            await run.DisposeAsync();
        }
    }

    /// <summary>The most that one of three such steps keeps: what somebody else has let go of during one is taken for given back.</summary>
    private static async Task<long> MostKeptAsync(Func<Task> step)
    {
        long most = 0;
        for (var round = 0; round < 3; round++)
        {
            var before = Kept();
            await step();
            most = Math.Max(most, Kept() - before);
        }

        return most;
    }

    private static long Kept()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private void WriteExperiment(int activities)
    {
        using var file = new StreamWriter(folder["experiment.json"]);
        file.Write("""{"title":"t","description":"d","method":[""");
        for (var i = 0; i < activities; i++)
        {
            file.Write(
                $$$"""{{{(i == 0 ? "" : ",")}}}{"type":"probe","name":"probe {{{i}}}","provider":{"type":"http","url":"http://localhost:8001/health?{{{i}}}","timeout":3}}""");
        }

        file.Write("]}");
    }

    private async Task RunAsync(int activities, Action<int> look, Action? begin = null)
    {
        var method = new JsonArray();
        for (var i = 0; i < activities; i++)
        {
            method.Add(new JsonObject
            {
                ["type"] = "action",
                ["name"] = $"activity {i}",
                ["provider"] = new JsonObject { ["type"] = "idle", ["arguments"] = new JsonArray("--number", "${number}") },
            });
        }

        var document = new JsonObject { ["title"] = "t", ["description"] = "d", ["method"] = method };
        var values = new ResolvedValues(
            new JsonObject { ["number"] = 1 }, new JsonObject { ["scope"] = new JsonObject { ["key"] = "a secret that nothing holds" } });
        var time = new FakeTimeProvider();
        using var stop = new RunStop();
        using var journal = new JournalWriter(folder["journal.json"], new JournalHead("1"), time);
        var lines = new PlainConsole(
            TextWriter.Null, new EventText(new TextLineFormat(TimeZoneInfo.Utc, origin: false), NoticeLevel.Information));
        var runner = new ExperimentRunner(
            new Experiment(document, new DocumentMap { Root = document }, "test", folder.Path),
            values,
            new RunOptions(),
            new ActivityProviders(new IdleProvider(look)),
            stop,
            time,
            RunEquipment.None,
            [journal, lines]);
        begin?.Invoke();
        var outcome = await runner.RunAsync();
        Assert.Equal((0, null), (outcome.ExitCode, journal.Failure));
    }
}
