using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Activities;
using Turbulence.Experiments;
using Turbulence.Hosts.Workers;
using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Hosts.Tests.Workers;

/// <summary>
/// What a host does for those who come after: it replaces who hangs, hands on the environment, lets an asker end, shortens.
/// </summary>
public sealed class WorkerCareTests
{
    [Fact]
    public async Task An_idle_worker_that_does_not_answer_a_ping_is_replaced_before_the_next_call()
    {
        var time = new FakeTimeProvider();
        var runtime = new ScriptedRuntime("ping");
        await using var host = new TestHost(runtime, time: time);
        await host.PlayAsync("deaf");
        var first = host.Host.ProcessIds;

        var next = host.PlayAsync("echo");
        while (host.Host.ProcessIds.Intersect(first).Any())
        {
            time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Equal(ActivityEnd.Succeeded, (await next).End);
        Assert.Equal(2, runtime.Started);
    }

    [Fact]
    public async Task A_worker_that_carries_something_out_is_not_asked()
    {
        var time = new FakeTimeProvider();
        var runtime = new ScriptedRuntime("ping");
        await using var host = new TestHost(runtime, time: time);
        using var stop = new CancellationTokenSource();
        var busy = host.PlayAsync("hang", "{}", stop.Token);
        await host.PlayAsync("deaf");

        Assert.Equal(ActivityEnd.Succeeded, (await host.PlayAsync("echo")).End);

        Assert.Equal(1, runtime.Started);
        await stop.CancelAsync();
        await Task.WhenAny(busy);
    }

    [Fact]
    public async Task A_worker_that_leaves_a_call_unread_is_replaced_and_the_next_one_makes_the_call()
    {
        var time = new FakeTimeProvider();
        var runtime = new ScriptedRuntime("unread");
        await using var host = new TestHost(runtime, time: time);
        await host.PlayAsync("echo");
        var first = host.Host.ProcessIds;
        using var stopped = await host.StopAsync();

        var next = host.PlayAsync("echo");
        while (host.Host.ProcessIds.Intersect(first).Any())
        {
            time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Equal(ActivityEnd.Succeeded, (await next).End);
        Assert.Equal(2, runtime.Started);
    }

    [Fact]
    public async Task A_worker_that_carries_something_out_may_leave_the_next_call_unread_as_long_as_it_likes()
    {
        var time = new FakeTimeProvider();
        var runtime = new ScriptedRuntime("unread");
        await using var host = new TestHost(runtime, time: time);
        using var stop = new CancellationTokenSource();
        await host.PlayAsync("echo");
        var busy = host.PlayAsync("hang", "{}", stop.Token);
        using var stopped = await host.StopAsync();

        var next = host.PlayAsync("echo");
        for (var i = 0; i < 10; i++)
        {
            time.Advance(TimeSpan.FromSeconds(10));
        }

        stopped.Signal(PosixSignalNumber.Continue);
        Assert.Equal(ActivityEnd.Succeeded, (await next).End);
        Assert.Equal(1, runtime.Started);
        await stop.CancelAsync();
        await Task.WhenAny(busy);
    }

    [Fact]
    public async Task A_call_that_a_dying_worker_had_not_read_is_made_by_the_next_one()
    {
        var runtime = new ScriptedRuntime();
        await using var host = new TestHost(runtime);
        await host.PlayAsync("echo");
        using var stopped = await host.StopAsync();

        var next = host.PlayAsync("echo");
        stopped.Signal(PosixSignalNumber.Kill);

        Assert.Equal(ActivityEnd.Succeeded, (await next).End);
        Assert.Equal(2, runtime.Started);
    }

    [Fact]
    public async Task A_call_that_runs_out_of_time_unread_is_not_made_any_more()
    {
        var runtime = new ScriptedRuntime("unread");
        await using var host = new TestHost(runtime);
        using var stop = new CancellationTokenSource();
        await host.PlayAsync("echo");
        using var stopped = await host.StopAsync();

        var next = host.PlayAsync("echo", "{}", stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        Assert.Empty(host.Host.ProcessIds);
        Assert.Equal(1, runtime.Started);
    }

    [Fact]
    public async Task What_code_sets_in_its_environment_is_in_that_of_every_later_process_but_not_what_is_ours()
    {
        await using var host = new TestHost();
        var before = Environment.GetEnvironmentVariable("PATH");

        await host.PlayAsync("set", """{"SET": "by code", "PATH": null, "TURBULENCE_X": "no", "": "no", "A=B": "no"}""");
        await host.PlayAsync("kill");
        var set = await host.PlayAsync("environment", """{"name": "SET"}""");
        var gone = await host.PlayAsync("environment", """{"name": "PATH"}""");
        var ours = await host.PlayAsync("environment", """{"name": "TURBULENCE_X"}""");

        Assert.Equal("by code", (string?)set.Output);
        Assert.Null(gone.Output);
        Assert.Null(ours.Output);
        Assert.Equal(before, Environment.GetEnvironmentVariable("PATH"));
    }

    [Fact]
    public async Task An_activity_that_asked_for_the_end_of_the_run_itself_is_given_the_time_to_come_to_its_own()
    {
        using var stop = new CancellationTokenSource();
        var settings = new WorkerSettings("1", Path.GetTempPath()) { Exit = _ => stop.Cancel() };
        await using var host = new WorkerHost(new ScriptedRuntime(), settings);

        var result = await new Hosts.Activities.PythonProvider(host).RunAsync(
            new ActivityCall(TestHost.Declare("ask for the end"), ResolvedValues.Empty), stop.Token);

        Assert.True(stop.IsCancellationRequested);
        Assert.Equal((ActivityEnd.Succeeded, "asked"), (result.End, (string?)result.Output));
    }

    [Fact]
    public async Task What_is_too_long_is_masked_first_and_shortened_then()
    {
        var values = new ResolvedValues([], new JsonObject { ["s"] = new JsonObject { ["k"] = "the-secret" } });
        await using var host = new TestHost { Values = values };

        var result = await host.PlayAsync("long words");

        Assert.StartsWith("mmm", result.Message, StringComparison.Ordinal);
        Assert.EndsWith("m… (the rest is left out)", result.Message, StringComparison.Ordinal);
        Assert.Equal(3, result.Trace.Count);
        Assert.EndsWith("ttt*****… (the rest is left out)", result.Trace[1], StringComparison.Ordinal);
        Assert.Equal("innermost", result.Trace[2]);
    }
}
