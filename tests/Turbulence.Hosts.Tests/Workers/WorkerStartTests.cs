using Turbulence.Experiments;
using Turbulence.Hosts.Workers;

namespace Turbulence.Hosts.Tests.Workers;

public sealed class WorkerStartTests
{
    [Theory]
    [InlineData("exits", "the scripted worker ended with exit code 3 before it was ready; it last said: no licence found")]
    [InlineData("version2", "the scripted worker is of no use: it speaks version 2 of the protocol, and not version 1")]
    [InlineData("mute", "the scripted worker was not ready within 10 s and was ended")]
    public async Task A_worker_that_does_not_come_up_is_a_failure_that_says_why(string habit, string message)
    {
        await using var host = new TestHost(new ScriptedRuntime(habit));

        var result = await host.PlayAsync("echo");

        Assert.Equal((ActivityEnd.Failed, message), (result.End, result.Message));
        Assert.Empty(host.Host.ProcessIds);
    }

    [Fact]
    public async Task What_is_printed_before_the_worker_could_take_its_streams_is_logged_and_harms_nothing()
    {
        await using var host = new TestHost(new ScriptedRuntime("chatters"));

        var result = await host.PlayAsync("echo");

        Assert.Equal(ActivityEnd.Succeeded, result.End);
        Assert.Contains(host.Said, line => line.Text.EndsWith("wrote: Welcome to the worker!", StringComparison.Ordinal));
        Assert.Contains(host.Said, line => line.Text.EndsWith("wrote: > ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_language_that_is_not_there_is_a_failure_that_says_what_to_do()
    {
        await using var host = new TestHost(new MissingRuntime("install Lua"));

        var result = await host.PlayAsync("echo");

        Assert.Equal((ActivityEnd.Failed, "install Lua"), (result.End, result.Message));
    }

    [Fact]
    public async Task A_program_that_cannot_be_started_is_a_failure()
    {
        await using var host = new TestHost(new OtherProgram("/nowhere/at/all"));

        var result = await host.PlayAsync("echo");

        Assert.StartsWith("the other worker cannot be started: ", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_activity_that_is_cancelled_does_not_end_the_start_that_another_waits_for()
    {
        var runtime = new ScriptedRuntime();
        await using var host = new TestHost(runtime);
        using var stop = new CancellationTokenSource();

        var cancelled = host.PlayAsync("echo", "{}", stop.Token);
        var other = host.PlayAsync("echo", "{}");
        await stop.CancelAsync();

        Assert.Equal(ActivityEnd.Succeeded, (await other).End);
        Assert.Equal(1, runtime.Started);
        await Task.WhenAny(cancelled);
    }

    [Fact]
    public async Task Another_folder_means_another_worker()
    {
        var runtime = new ScriptedRuntime();
        await using var host = new TestHost(runtime);
        await host.PlayAsync("echo");

        await host.Host.MoveAsync(Path.GetTempPath());
        await host.PlayAsync("echo");
        await host.Host.MoveAsync("/");
        await host.PlayAsync("echo");

        Assert.Equal(2, runtime.Started);
    }

    private sealed class OtherProgram(string file) : IWorkerRuntime
    {
        public string Name => "other";

        public ValueTask<WorkerLaunchSearch> FindAsync(CancellationToken cancellationToken) =>
            ValueTask.FromResult(WorkerLaunchSearch.Found(new WorkerLaunch(file, [])));
    }
}
