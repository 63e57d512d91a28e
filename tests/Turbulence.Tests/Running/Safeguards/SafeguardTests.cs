using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Options;
using Turbulence.Tests.Running.Faults;

namespace Turbulence.Tests.Running.Safeguards;

/// <summary>Safeguards watch beside the method; the first miss stops the run, and everything is taken back.</summary>
public sealed class SafeguardTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_first_miss_stops_the_run_says_why_and_everything_is_taken_back()
    {
        var keeper = new ScriptedKeeper();
        var run = Guarded(keeper, more: new JsonObject { ["timeout"] = 30 }).Action("a").Action("b").Rollback("r");
        var begun = new TaskCompletionSource();
        var asked = 0;
        run.Provider.On("guard", async token =>
        {
            // The first is asked before the method, the others beside it: the one that is missed, after it has begun.
            var isLast = Interlocked.Increment(ref asked) == 3;
            if (isLast)
            {
                await begun.Task.WaitAsync(token);
            }

            return ActivityResult.Succeeded(isLast ? 7 : true);
        });
        run.Provider.On("a", token =>
        {
            begun.SetResult();
            return Forever(token);
        });
        var outcome = await run.RunAsync();
        Assert.Equal((Verdict.Interrupted, 4, RunStatus.Interrupted), (outcome.Verdict, outcome.ExitCode, outcome.Status));
        Assert.Equal("the safeguard 'guard' was missed while the method played: output: expected true, got 7", Single(outcome));
        Assert.Equal(["guard", "guard", "guard", "r"], run.Provider.Calls.Where(call => call != "a"));
        Assert.Contains("a", run.Provider.Calls);
        Assert.Equal(1, keeper.TakenBack);
        Assert.Equal(3, Assert.Single(run.Events.OfType<SafeguardsEnded>()).Checks);
    }

    [Fact]
    public async Task What_has_to_be_started_for_a_safeguard_does_not_take_the_time_of_its_first_call()
    {
        var time = new FakeTimeProvider();
        var run = Guarded(time: time, more: new JsonObject { ["timeout"] = 2 }).Action("a");
        run.Provider.Starting = _ =>
        {
            time.Advance(TimeSpan.FromSeconds(20));
            return ValueTask.CompletedTask;
        };
        run.Provider.On("guard", token =>
        {
            token.ThrowIfCancellationRequested();
            return ValueTask.FromResult(ActivityResult.Succeeded(true));
        });
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
    }

    [Fact]
    public async Task A_miss_before_the_method_begins_nothing()
    {
        var run = Guarded().Probe("p").Action("a").Rollback("r");
        run.Provider.Returns("guard", false);
        var outcome = await run.RunAsync();
        Assert.Equal(4, outcome.ExitCode);
        Assert.Contains("'guard' was missed before the method", Single(outcome), StringComparison.Ordinal);
        Assert.Equal(["p", "guard"], run.Provider.Calls);
    }

    [Theory]
    [InlineData("crashed")]
    [InlineData("thrown")]
    public async Task A_safeguard_that_cannot_be_loaded_fails_the_run_and_nothing_is_begun(string how)
    {
        var run = Guarded().Probe("p").Action("a").Rollback("r");
        run.Provider.On("guard", _ => how == "crashed"
            ? ValueTask.FromResult(ActivityResult.Crashed("No module named 'gate'"))
            : throw new InvalidOperationException("No module named 'gate'"));
        var outcome = await run.RunAsync();
        Assert.Equal((Verdict.Failed, 2), (outcome.Verdict, outcome.ExitCode));
        Assert.StartsWith("the safeguard 'guard' could not be loaded: ", Single(outcome), StringComparison.Ordinal);
        Assert.Equal(["p", "guard"], run.Provider.Calls);
        Assert.Equal("guard", Assert.Single(run.Events.OfType<SafeguardsEnded>()).Missed!.Activity.Name);
    }

    [Fact]
    public async Task A_safeguard_that_dies_later_stops_the_run()
    {
        var run = Guarded().Action("a");
        run.Provider.On("guard", ActivityResult.Succeeded(true), ActivityResult.Crashed("its worker died")).On("a", Forever);
        var outcome = await run.RunAsync();
        Assert.Equal(4, outcome.ExitCode);
        Assert.Contains("could not be read: its worker died", Single(outcome), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_safeguard_that_cannot_be_read_counts_as_missed()
    {
        var run = Guarded().Action("a");
        run.Provider.On("guard", ActivityResult.Failed("connection refused"));
        var outcome = await run.RunAsync();
        Assert.Equal(4, outcome.ExitCode);
        Assert.Contains("could not be read", Single(outcome), StringComparison.Ordinal);
        Assert.Contains("connection refused", Single(outcome), StringComparison.Ordinal);
        Assert.DoesNotContain("a", run.Provider.Calls);
    }

    [Theory]
    [InlineData(0.01, 1)]
    [InlineData(3, 3)]
    public async Task A_safeguard_that_hangs_has_the_larger_of_a_second_and_its_frequency(double frequency, int seconds)
    {
        var time = new FakeTimeProvider();
        var run = Guarded(time: time, frequency: frequency).Action("a");
        run.Provider.On("guard", async token =>
        {
            // Deaf on purpose: who does not listen is not waited for either.
            time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.False(token.IsCancellationRequested);
            time.Advance(TimeSpan.FromMilliseconds(1));
            return await new TaskCompletionSource<ActivityResult>().Task;
        });
        var outcome = await run.RunAsync().WaitAsync(Deadline / 2, TestContext.Current.CancellationToken);
        Assert.Equal(4, outcome.ExitCode);
        Assert.Contains($"no answer within {seconds} s", Single(outcome), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_safeguards_own_time_limit_is_the_one_that_counts()
    {
        var time = new FakeTimeProvider();
        var run = Guarded(time: time, more: new JsonObject { ["timeout"] = 60 }).Action("a");
        run.Provider.On("guard", async token =>
        {
            time.Advance(TimeSpan.FromSeconds(59));
            Assert.False(token.IsCancellationRequested);
            time.Advance(TimeSpan.FromSeconds(2));
            return await Forever(token);
        });
        var outcome = await run.RunAsync();
        Assert.Contains("its time limit is 60 s", Single(outcome), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Never_more_than_one_call_of_a_safeguard_is_under_way()
    {
        var calls = 0;
        var most = 0;
        var seen = new TaskCompletionSource();
        var run = Guarded(frequency: 0.001, more: new JsonObject { ["timeout"] = 30 }).Action("a");
        run.Provider.On("guard", async token =>
        {
            // Five periods long, so that a second call would fall into the first.
            most = Math.Max(most, Interlocked.Increment(ref calls));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, token);
            Interlocked.Decrement(ref calls);
            if (run.Provider.Calls.Count > 5)
            {
                seen.TrySetResult();
            }

            return ActivityResult.Succeeded(true);
        }).On("a", async token =>
        {
            await seen.Task.WaitAsync(Deadline, token);
            return ActivityResult.Succeeded(null);
        });
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Several_misses_at_once_do_not_insist_as_a_person_does()
    {
        var run = Guarded(names: ["guard", "guard", "guard", "guard"]).Action("a").Rollback("r").Rollback("s");
        run.Provider.On("a", Forever).On("guard", async token =>
        {
            await Task.Yield();
            return ActivityResult.Succeeded(run.Provider.Calls.Count(call => call == "guard") <= 4);
        });
        Assert.Equal(4, (await run.RunAsync()).ExitCode);
        Assert.Contains("s", run.Provider.Calls);
    }

    [Fact]
    public async Task The_end_of_the_method_ends_a_safeguard_that_is_under_way()
    {
        var run = Guarded(frequency: 0.001, more: new JsonObject { ["timeout"] = 60 }).Action("a");
        var hanging = new TaskCompletionSource();
        run.Provider.On("guard", async token =>
        {
            if (run.Provider.Calls.Count > 1)
            {
                hanging.TrySetResult();
                return await Forever(token);
            }

            return ActivityResult.Succeeded(true);
        }).On("a", async token =>
        {
            await hanging.Task.WaitAsync(Deadline, token);
            return ActivityResult.Succeeded(null);
        });
        Assert.Equal(0, (await run.RunAsync().WaitAsync(Deadline, TestContext.Current.CancellationToken)).ExitCode);
    }

    [Fact]
    public async Task Compatibility_mode_and_a_rehearsal_without_probes_have_no_safeguards()
    {
        foreach (var options in (RunOptions[])[new() { Compatibility = Compatibility.ChaosToolkit }, new() { Dry = DryMode.Probes }])
        {
            var run = Guarded(options: options).Action("a");
            run.Provider.Returns("guard", false);
            Assert.Equal(0, (await run.RunAsync()).ExitCode);
            Assert.Equal(["a"], run.Provider.Calls);
        }
    }

    [Fact]
    public async Task A_safeguard_may_refer_to_a_probe_of_the_steady_state()
    {
        var run = new TestRun { Options = new RunOptions { Safeguards = [Declared(new JsonObject { ["ref"] = "p" }, 0.001)] } }
            .Probe("p")
            .Action("a");
        run.Provider.Returns("p", true, true, false).On("a", Forever);
        var outcome = await run.RunAsync();
        Assert.Equal(4, outcome.ExitCode);
        Assert.Contains("the safeguard 'p' was missed", Single(outcome), StringComparison.Ordinal);
    }

    [Fact]
    public void They_are_read_with_their_frequency()
    {
        var read = Safeguard.Read(JsonNode.Parse("""{"safeguards": [{"name": "a", "frequency": 0.5}, {"name": "b"}]}""")!.AsObject());
        Assert.Equal("", Assert.Single(Safeguard.Read(JsonNode.Parse("""{"safeguards": ["no map"]}""")!.AsObject())).Probe.Name);
        Assert.Equal([("a", 0.5), ("b", 1.0)], read.Select(safeguard => (safeguard.Probe.Name, safeguard.Frequency.TotalSeconds)));
    }

    private static string Single(RunOutcome outcome) => Assert.Single(outcome.Reasons);

    private static async ValueTask<ActivityResult> Forever(CancellationToken token)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        return ActivityResult.Succeeded(null);
    }

    private static Safeguard Declared(JsonObject declaration, double frequency) =>
        new(new Activity(declaration), TimeSpan.FromSeconds(frequency));

    private static TestRun Guarded(
        ScriptedKeeper? keeper = null,
        TimeProvider? time = null,
        double frequency = 0.001,
        JsonObject? more = null,
        string[]? names = null,
        RunOptions? options = null)
    {
        var safeguards = (names ?? ["guard"]).Select(name =>
        {
            var declaration = new JsonObject
            {
                ["type"] = "probe",
                ["name"] = name,
                ["tolerance"] = true,
                ["provider"] = new JsonObject { ["type"] = "scripted", ["key"] = name },
            };
            foreach (var (key, value) in more ?? [])
            {
                declaration[key] = value?.DeepClone();
            }

            return Declared(declaration, frequency);
        });
        return new TestRun
        {
            Faults = keeper ?? new ScriptedKeeper(),
            Time = time ?? TimeProvider.System,
            Options = (options ?? new RunOptions()) with { Safeguards = [.. safeguards] },
        };
    }
}
