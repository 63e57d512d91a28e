using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Activities;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Options;
using Turbulence.Values;

namespace Turbulence.Tests.Running;

/// <summary>What an activity tells while it goes on: aggregates as events, and samples in a file beside the journal.</summary>
public sealed class ActivityProgressTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task It_is_told_five_times_a_second_at_most_and_the_last_one_always()
    {
        var run = new TestRun { Time = time }.Action("users");
        run.Provider.OnCall("users", (call, _) =>
        {
            // One every 10 ms for two seconds, and one more.
            for (var i = 0; i <= 200; i++)
            {
                call.Progress(new JsonObject { ["requests"] = i });
                if (i < 200)
                {
                    time.Advance(TimeSpan.FromMilliseconds(10));
                }
            }

            call.Progress(new JsonObject { ["requests"] = 201 });
            return ValueTask.FromResult(ActivityResult.Succeeded(201));
        });
        await run.RunAsync();
        var told = run.Events.OfType<ActivityProgressed>().ToList();
        Assert.Equal([0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 201], told.Select(each => (int)each.Progress["requests"]!));
        Assert.All(told, each => Assert.Equal((run.Run("users").Id, "users"), (each.Run.Id, each.Run.Activity.Name)));
        Assert.True(run.Events.ToList().IndexOf(told[^1]) < run.Events.ToList().FindIndex(happened => happened is ActivityEnded));
    }

    [Fact]
    public async Task Each_activity_has_a_pace_of_its_own()
    {
        var run = new TestRun { Time = time }.Action("a").Action("b");
        foreach (var name in (ReadOnlySpan<string>)["a", "b"])
        {
            run.Provider.OnCall(name, (call, _) =>
            {
                call.Progress(new JsonObject { ["of"] = name });
                return ValueTask.FromResult(ActivityResult.Succeeded(null));
            });
        }

        await run.RunAsync();
        Assert.Equal(["a", "b"], run.Events.OfType<ActivityProgressed>().Select(each => (string?)each.Progress["of"]));
    }

    [Fact]
    public async Task What_was_measured_until_the_run_was_stopped_is_its_output()
    {
        var run = new TestRun { Time = time }.Action("users");
        run.Provider.OnCall("users", (_, cancellation) =>
        {
            run.Stop.Request(new Interruption(InterruptionCause.Keyboard, "Ctrl-C"));
            throw new InterruptedActivityException(new JsonObject { ["requests"] = 7 }, cancellation);
        });
        await run.RunAsync();
        Assert.Equal((null, 7), (run.Run("users").End, (int)run.Run("users").Output!["requests"]!));
    }

    [Fact]
    public async Task Who_was_given_up_is_not_listened_to_any_more()
    {
        ActivityCall? late = null;
        var run = new TestRun { Time = time }.Action("a").Action("b");
        run.Provider.OnCall("a", (call, _) =>
        {
            late = call;
            return ValueTask.FromResult(ActivityResult.Succeeded(null));
        });
        run.Provider.OnCall("b", (_, _) =>
        {
            late!.Progress(new JsonObject());
            return ValueTask.FromResult(ActivityResult.Succeeded(null));
        });
        await run.RunAsync();
        Assert.Empty(run.Events.OfType<ActivityProgressed>());
    }

    [Fact]
    public async Task What_is_told_holds_no_secret()
    {
        var run = new TestRun
        {
            Time = time,
            Values = new ResolvedValues([], new JsonObject { ["shop"] = new JsonObject { ["key"] = "hush-hush" } }),
        }.Action("a");
        run.Provider.OnCall("a", (call, _) =>
        {
            call.Progress(new JsonObject { ["url"] = "http://hush-hush/" });
            return ValueTask.FromResult(ActivityResult.Succeeded(null));
        });
        await run.RunAsync();
        Assert.Equal("http://*****/", (string?)Assert.Single(run.Events.OfType<ActivityProgressed>()).Progress["url"]);
    }

    [Fact]
    public async Task Samples_go_to_a_file_that_the_output_names()
    {
        using var folder = new TemporaryFolder();
        var run = new TestRun { SideFiles = new SideFiles(folder["journal.json.d"]) }.Action("users");
        run.Provider.OnCall("users", async (call, token) =>
        {
            await using var samples = call.OpenSideFile("samples.jsonl");
            await samples.WriteAsync("{}\n"u8.ToArray(), token);
            return ActivityResult.Succeeded(new JsonObject { ["samples"] = samples.Name });
        });
        await run.RunAsync();
        Assert.Equal("journal.json.d/1-samples.jsonl", (string?)run.Run("users").Output!["samples"]);
        Assert.Equal("{}\n", await File.ReadAllTextAsync(folder["journal.json.d/1-samples.jsonl"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Each_activity_has_a_seed_of_its_own_that_the_seed_of_the_run_repeats()
    {
        var seeds = new Dictionary<int, List<int>>();
        foreach (var seed in (int[])[1, 1, 2])
        {
            var run = new TestRun { Options = new RunOptions { Seed = seed } }.Action("a").Action("b");
            var list = new List<int>();
            foreach (var name in (ReadOnlySpan<string>)["a", "b"])
            {
                run.Provider.OnCall(name, (call, _) =>
                {
                    list.Add(call.Seed);
                    return ValueTask.FromResult(ActivityResult.Succeeded(null));
                });
            }

            await run.RunAsync();
            Assert.Equal(list, seeds.GetValueOrDefault(seed, list));
            seeds[seed] = list;
        }

        Assert.Equal(4, seeds.Values.SelectMany(each => each).Distinct().Count());
    }
}
