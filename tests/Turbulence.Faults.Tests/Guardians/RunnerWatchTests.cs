using System.IO.Pipelines;
using Turbulence.Faults.Guardians;

namespace Turbulence.Faults.Tests.Guardians;

public sealed class RunnerWatchTests
{
    private readonly Pipe pipe = new();
    private readonly WaitedTime time = new();
    private RunnerPulse pulse = new(RunnerCondition.Quiet, 0);

    [Fact]
    public async Task An_orderly_end_is_no_loss()
    {
        var watching = WatchAsync();
        await pipe.Writer.WriteAsync(new[] { Heartbeat.Beat, Heartbeat.End }, TestContext.Current.CancellationToken);
        Assert.Null(await watching);
    }

    [Fact]
    public async Task The_end_of_the_pipe_is_the_death_of_the_runner_and_no_time_has_to_pass()
    {
        var watching = WatchAsync();
        await pipe.Writer.CompleteAsync();
        Assert.Equal("the runner, process 7, died", await watching);
    }

    [Theory]
    [InlineData(nameof(RunnerCondition.Stopped), "the runner, process 7, was stopped")]
    [InlineData(nameof(RunnerCondition.Quiet), "the runner, process 7, does nothing any more")]
    [InlineData(nameof(RunnerCondition.Dead), "the runner, process 7, died")]
    public async Task Silence_is_a_loss_when_the_lease_is_over(string condition, string text)
    {
        pulse = new RunnerPulse(Enum.Parse<RunnerCondition>(condition), 5);
        var (lost, after) = await LostAsync();
        Assert.Equal(text, lost);
        Assert.Equal(RunnerWatch.Lease, after);
    }

    [Fact]
    public async Task A_starved_runner_gets_more_patience()
    {
        pulse = new RunnerPulse(RunnerCondition.Starved, 0);
        Assert.Equal(RunnerWatch.Patience, (await LostAsync()).After);
    }

    [Fact]
    public async Task A_silent_runner_that_still_works_gets_more_patience()
    {
        var (lost, after) = await LostAsync(static before => before with { Processor = before.Processor + 1 });
        Assert.Equal("the runner, process 7, has been silent for 10 s", lost);
        Assert.Equal(RunnerWatch.Patience, after);
    }

    [Fact]
    public async Task A_time_in_which_nobody_ran_is_not_counted_in_full()
    {
        pulse = new RunnerPulse(RunnerCondition.Stopped, 0);
        var watching = WatchAsync();
        await time.WaitedForAsync(RunnerWatch.Slice);
        time.Advance(TimeSpan.FromHours(1));
        Assert.NotSame(watching, await Task.WhenAny(watching, time.WaitedForAsync(RunnerWatch.Slice)));
        await pipe.Writer.CompleteAsync();
        Assert.NotNull(await watching);
    }

    private Task<string?> WatchAsync(Func<RunnerPulse, RunnerPulse>? change = null) => new RunnerWatch(
        pipe.Reader.AsStream(),
        new Platform.Processes.ProcessIdentity(7, 1),
        () => pulse = change?.Invoke(pulse) ?? pulse,
        time).WaitAsync();

    private async Task<(string? Lost, TimeSpan After)> LostAsync(Func<RunnerPulse, RunnerPulse>? change = null)
    {
        var began = time.GetTimestamp();
        var watching = WatchAsync(change);
        while (await Task.WhenAny(watching, time.WaitedForAsync(RunnerWatch.Slice)) != watching)
        {
            time.Advance(RunnerWatch.Slice);
        }

        return (await watching, time.GetElapsedTime(began));
    }
}
