using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Platform.Processes;

namespace Turbulence.Hosts.Tests.Workers;

public sealed class WorkerDeathTests
{
    [Theory]
    [InlineData("exit", "the scripted worker ended with exit code 7 while it carried out 'exit'; it last said: out of ideas")]
    [InlineData("kill", "the scripted worker was killed by SIGKILL while it carried out 'kill'")]
    [InlineData("half", "the scripted worker ended with exit code 0 while it carried out 'half'")]
    [InlineData(
        "garbage",
        "the scripted worker was ended, because it wrote a line to its standard output that is no message (it is no JSON that can be read): "
        + "this is no message, while it carried out 'garbage'")]
    [InlineData(
        "stranger", "the scripted worker was ended, because it answered request 4711, which nobody made, while it carried out 'stranger'")]
    public async Task A_worker_that_dies_is_a_failure_that_says_how_and_the_next_call_gets_another_one(string part, string message)
    {
        await using var host = new TestHost();

        var result = await host.PlayAsync(part);

        Assert.Equal((ActivityEnd.Failed, message), (result.End, result.Message));
        Assert.Equal(ActivityEnd.Succeeded, (await host.PlayAsync("echo", "{}")).End);
    }

    [Fact]
    public async Task The_last_lines_are_the_trace()
    {
        await using var host = new TestHost();

        var result = await host.PlayAsync("exit");

        Assert.Equal(["out of ideas"], result.Trace);
    }

    [Fact]
    public async Task A_kill_from_outside_ends_every_call_of_the_worker()
    {
        await using var host = new TestHost();
        var worker = (int)(await host.PlayAsync("pid")).Output!;
        var calls = Enumerable.Range(0, 5).Select(_ => host.PlayAsync("hang")).ToList();

        Assert.True(ProcessHandle.TryOpen(worker, out var handle, out _));
        using (handle)
        {
            handle.Signal(PosixSignalNumber.Kill);
        }

        Assert.All(
            await Task.WhenAll(calls),
            result => Assert.Equal("the scripted worker was killed by SIGKILL while it carried out 'hang'", result.Message));
    }

    [Fact]
    public async Task A_line_that_never_ends_is_not_kept_for_ever()
    {
        await using var host = new TestHost();

        var result = await host.PlayAsync("endless line");

        Assert.StartsWith(
            "the scripted worker was ended, because it wrote a line of more than 64 MiB to its standard output: xxx",
            result.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_takes_too_much_memory_is_ended()
    {
        await using var host = new TestHost(memoryLimit: 300L << 20);

        var result = await host.PlayAsync("leak");

        Assert.Equal(ActivityEnd.Failed, result.End);
        Assert.Matches(
            @"^the scripted worker was ended, because it held \d+ MiB of memory, more than its 300 \(TURBULENCE_WORKER_MEMORY\), while it carried out 'leak'$",
            result.Message);
    }

    [Fact]
    public async Task Of_what_code_prints_a_thousand_lines_are_shown_and_the_rest_is_counted()
    {
        await using var host = new TestHost();

        var result = await host.PlayAsync("errors");
        await host.DisposeAsync();

        Assert.Equal(ActivityEnd.Succeeded, result.End);
        Assert.Contains(
            host.Said, line => line.Level == NoticeLevel.Debug && line.Text.StartsWith("'errors' wrote: 0eee", StringComparison.Ordinal));
        Assert.InRange(host.Said.Count(line => line.Level == NoticeLevel.Debug), 1000, 2000);
        Assert.Contains(host.Said, line => line.Level == NoticeLevel.Warning
            && line.Text.EndsWith(" more lines of the scripted worker are not shown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_line_is_cut()
    {
        await using var host = new TestHost();

        await host.PlayAsync("long error");
        await host.DisposeAsync();

        var line = Assert.Single(host.Said);
        Assert.EndsWith("eee… (the rest is left out)", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_code_logs_keeps_its_level()
    {
        await using var host = new TestHost();

        await host.PlayAsync("log");

        Assert.Contains((NoticeLevel.Warning, "drivers: careful"), host.Said);
    }
}
