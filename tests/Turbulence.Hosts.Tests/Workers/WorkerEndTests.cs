using System.Diagnostics;
using Turbulence.Experiments;
using Turbulence.Platform.Processes;

namespace Turbulence.Hosts.Tests.Workers;

public sealed class WorkerEndTests
{
    [Fact]
    public async Task Nothing_of_a_worker_is_left_when_its_host_is_done()
    {
        var host = new TestHost();
        await host.PlayAsync("daemon", """{"program": "/bin/sleep", "of": ["600"]}""");
        var session = host.Session;

        await host.DisposeAsync();

        Assert.False(TestHost.AnyIn(session));
    }

    [Fact]
    public async Task Nothing_of_a_worker_is_left_when_it_was_killed()
    {
        await using var host = new TestHost();
        await host.PlayAsync("daemon", """{"program": "/bin/sleep", "of": ["600"]}""");
        var session = host.Session;

        await host.PlayAsync("kill");

        Assert.False(TestHost.AnyIn(session));
    }

    [Fact]
    public async Task A_daemon_that_holds_the_streams_holds_nothing_up()
    {
        await using var host = new TestHost();
        var daemon = (int)(await host.PlayAsync("daemon", """{"program": "/usr/bin/setsid", "of": ["/bin/sleep", "600"]}""")).Output!;
        try
        {
            var began = Stopwatch.GetTimestamp();

            var result = await host.PlayAsync("kill");

            Assert.Equal("the scripted worker was killed by SIGKILL while it carried out 'kill'", result.Message);
            Assert.Equal(ActivityEnd.Succeeded, (await host.PlayAsync("echo")).End);
            Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(20));
        }
        finally
        {
            if (ProcessHandle.TryOpen(daemon, out var handle, out _))
            {
                handle.Signal(PosixSignalNumber.Kill);
                handle.Dispose();
            }
        }
    }

    [Fact]
    public async Task A_worker_that_does_not_shut_down_is_ended()
    {
        var host = new TestHost(new ScriptedRuntime("stays"));
        await host.PlayAsync("echo");
        var session = host.Session;

        await host.DisposeAsync();

        Assert.False(TestHost.AnyIn(session));
    }

    [Fact]
    public async Task A_call_after_the_end_fails_and_starts_nothing()
    {
        var runtime = new ScriptedRuntime();
        var host = new TestHost(runtime);
        await host.DisposeAsync();

        var result = await host.PlayAsync("echo");

        Assert.Equal("the scripted worker is not started any more: the run is over", result.Message);
        Assert.Equal(0, runtime.Started);
    }

    [Fact]
    public async Task A_call_that_is_under_way_at_the_end_is_told_so()
    {
        var host = new TestHost();
        await host.PlayAsync("echo");
        var hanging = host.PlayAsync("hang for ever");

        await host.DisposeAsync();

        Assert.Equal(ActivityEnd.Failed, (await hanging).End);
    }
}
