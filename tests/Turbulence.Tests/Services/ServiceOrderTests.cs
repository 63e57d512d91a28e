using Microsoft.Extensions.Time.Testing;

namespace Turbulence.Tests.Services;

/// <summary>What is needed is ready first and stopped last.</summary>
public sealed class ServiceOrderTests
{
    [Fact]
    public async Task A_service_begins_when_what_it_needs_is_ready_and_ends_before_that()
    {
        await using var run = new ServiceRun("""
            { "web": { "run": ["sh", "-c", "cp api.ready web.saw && exec sleep 1000"], "needs": ["api"] },
              "api": { "run": ["sh", "-c", "cp db.ready api.saw && touch api.ready && exec sleep 1000"], "needs": ["db"], "ready": { "command": ["test", "-f", "api.ready"] } },
              "db": { "run": ["sh", "-c", "touch db.ready; echo up; exec sleep 1000"], "ready": { "line": "^up$" } } }
            """);

        Assert.Empty(await run.StartAsync());
        Assert.Equal(["db starting", "db ready", "api starting", "api ready", "web starting", "web ready"], run.Steps);
        Assert.Empty(await run.StopAsync());
        Assert.Equal(["web stopping", "web stopped", "api stopping", "api stopped", "db stopping", "db stopped"], run.Steps.Skip(6));
        Assert.Empty(run.Left());
    }

    // Each waits for the other, so that neither would get ready if they came one after the other.
    [Fact]
    public async Task Those_that_do_not_depend_on_each_other_start_side_by_side()
    {
        await using var run = new ServiceRun("""
            { "base": { "run": ["sleep", "1000"] },
              "one": { "run": ["sh", "-c", "touch one; exec sleep 1000"], "needs": ["base"], "ready": { "command": ["test", "-f", "two"] } },
              "two": { "run": ["sh", "-c", "touch two; exec sleep 1000"], "needs": ["base"], "ready": { "command": ["test", "-f", "one"] } } }
            """);

        Assert.Empty(await run.StartAsync());
        Assert.Equal("base ready", run.Steps[1]);
    }

    [Fact]
    public async Task One_that_dies_while_it_starts_keeps_those_that_need_it_away_and_the_others_are_stopped()
    {
        await using var run = new ServiceRun("""
            { "db": { "run": ["sleep", "1000"] },
              "api": { "run": ["sh", "-c", "echo no such disk >&2; exit 7"], "needs": ["db"], "ready": { "line": "up", "timeout": 3600 } },
              "web": { "run": ["sh", "-c", "touch web; exec sleep 1000"], "needs": ["api"] } }
            """);

        var problems = await run.StartAsync();
        await run.StopAsync();

        Assert.Equal(2, problems.Count);
        Assert.StartsWith(
            "service 'api' did not get ready: it ended with exit code 7; the last lines of ", problems[0], StringComparison.Ordinal);
        Assert.EndsWith("no such disk", problems[0], StringComparison.Ordinal);
        Assert.Equal("service 'web' was not started: it needs 'api', which is not ready", problems[1]);
        Assert.False(File.Exists(run.File("web")));
        Assert.Contains("db stopped", run.Steps);
        Assert.Empty(run.Left());
    }

    [Fact]
    public async Task Of_one_that_is_not_ready_for_long_it_is_said_once_where_its_output_is()
    {
        var time = new FakeTimeProvider();
        await using var run = new ServiceRun(
            """
            { "slow": { "run": ["sh", "-c", "until [ -e go ]; do sleep 0.01; done; echo up; exec sleep 1000"], "ready": { "line": "^up$", "timeout": 3600 } },
              "quick": { "run": ["sleep", "1000"] } }
            """,
            time: time);

        var starting = run.StartAsync();
        await AdvanceAsync(time, () => run.Notices.Count > 0);
        await File.WriteAllTextAsync(run.File("go"), "", TestContext.Current.CancellationToken);
        await AdvanceAsync(time, () => starting.IsCompleted);

        Assert.Empty(await starting);
        Assert.Equal([$"Service slow: not ready yet after 5 s; its output is in {run.File("slow.log")}"], run.Notices);
        var stopping = run.StopAsync();
        await AdvanceAsync(time, () => stopping.IsCompleted);
        Assert.Empty(await stopping);
    }

    [Fact]
    public async Task One_that_ended_is_not_waited_for()
    {
        await using var run = new ServiceRun("""{ "b": { "run": ["true"], "ready": { "command": ["sleep", "1000"] } } }""");
        Assert.Contains("service 'b' did not get ready: it ended with exit code 0; it printed nothing", await run.StartAsync());
    }

    // The services run in their own time.
    private static async Task AdvanceAsync(FakeTimeProvider time, Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!condition())
        {
            time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, deadline.Token);
        }
    }
}
