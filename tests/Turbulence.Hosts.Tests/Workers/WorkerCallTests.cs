using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Experiments;

namespace Turbulence.Hosts.Tests.Workers;

public sealed class WorkerCallTests
{
    [Fact]
    public async Task What_the_code_returns_is_the_output()
    {
        await using var host = new TestHost();

        var result = await host.PlayAsync("echo", """{"a": [1, "ü\n", null, {"deep": 1.50}]}""");

        Assert.Equal(ActivityEnd.Succeeded, result.End);
        Assert.Equal("""{"a":[1,"\u00FC\n",null,{"deep":1.50}]}""", result.Output!.ToJsonString());
        Assert.Null(result.Output.Parent);
    }

    [Fact]
    public async Task Nothing_is_started_before_it_is_needed()
    {
        var runtime = new ScriptedRuntime();

        await using (new TestHost(runtime))
        {
            Assert.Equal(0, runtime.Started);
        }

        Assert.Equal(0, runtime.Started);
    }

    [Fact]
    public async Task Calls_that_begin_at_once_share_one_worker()
    {
        var runtime = new ScriptedRuntime();
        await using var host = new TestHost(runtime);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.PlayAsync("pid")));

        Assert.Equal(1, runtime.Started);
        Assert.Single(results.Select(result => (int)result.Output!).Distinct());
    }

    [Fact]
    public async Task A_call_does_not_wait_for_another_one()
    {
        await using var host = new TestHost();
        using var stop = new CancellationTokenSource();

        var hanging = host.PlayAsync("hang", cancellationToken: stop.Token);
        var quick = await host.PlayAsync("echo", "{}");

        Assert.Equal(ActivityEnd.Succeeded, quick.End);
        Assert.False(hanging.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
    }

    [Fact]
    public async Task Ten_thousand_calls_get_their_own_answers()
    {
        await using var host = new TestHost();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 10_000),
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = TestContext.Current.CancellationToken },
            async (number, _) =>
            {
                var result = await host.PlayAsync("echo", $$"""{"number": {{number}}}""");
                Assert.Equal(number, (int)result.Output!["number"]!);
            });
    }

    [Fact]
    public async Task Megabytes_go_there_and_back()
    {
        await using var host = new TestHost();
        var text = new string('m', 8 * 1024 * 1024);

        var results = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => host.PlayAsync("echo", new JsonObject { ["text"] = text }.ToJsonString())));

        Assert.All(results, result => Assert.Equal(text, (string)result.Output!["text"]!));
    }

    [Fact]
    public async Task A_cancelled_call_that_answers_leaves_the_worker_alive()
    {
        // Time stands still, so that the grace does not depend on how busy the machine is.
        await using var host = new TestHost(time: new FakeTimeProvider());
        var worker = (int)(await host.PlayAsync("pid")).Output!;
        using var stop = new CancellationTokenSource();

        var hanging = host.PlayAsync("hang", cancellationToken: stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        Assert.Equal(worker, (int)(await host.PlayAsync("pid")).Output!);
    }

    [Fact]
    public async Task A_cancelled_call_that_goes_on_costs_the_worker_its_life()
    {
        await using var host = new TestHost();
        var worker = (int)(await host.PlayAsync("pid")).Output!;
        using var stop = new CancellationTokenSource();

        var hanging = host.PlayAsync("hang for ever", cancellationToken: stop.Token);
        var bystander = host.PlayAsync("hang");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        Assert.False(TestHost.AnyIn(worker));
        var other = await bystander;
        Assert.Equal(ActivityEnd.Failed, other.End);
        Assert.Equal(
            "the scripted worker was ended, because 'hang for ever' went on after it was cancelled, while it carried out 'hang'",
            other.Message);
        Assert.NotEqual(worker, (int)(await host.PlayAsync("pid")).Output!);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_is_not_made()
    {
        var runtime = new ScriptedRuntime();
        await using var host = new TestHost(runtime);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => host.PlayAsync("echo", cancellationToken: new CancellationToken(true)));

        Assert.Equal(0, runtime.Started);
    }
}
