using System.IO.Pipelines;
using Turbulence.Faults.Guardians;

namespace Turbulence.Faults.Tests.Guardians;

public sealed class PeerWatchTests
{
    private readonly Pipe pipe = new();
    private readonly WaitedTime time = new();
    private bool matters = true;
    private PeerPulse pulse = new(PeerCondition.Quiet, 0);

    [Fact]
    public async Task An_orderly_end_is_no_loss()
    {
        var watching = WatchAsync();
        await pipe.Writer.WriteAsync(
            (byte[])[.. PipeFrame.Of(PipeFrame.Beat).ToBytes(), .. PipeFrame.Of(PipeFrame.End).ToBytes()],
            TestContext.Current.CancellationToken);
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
    [InlineData(nameof(PeerCondition.Stopped), "the runner, process 7, was stopped")]
    [InlineData(nameof(PeerCondition.Quiet), "the runner, process 7, does nothing any more")]
    [InlineData(nameof(PeerCondition.Dead), "the runner, process 7, died")]
    public async Task Silence_is_a_loss_when_the_lease_is_over(string condition, string text)
    {
        pulse = new PeerPulse(Enum.Parse<PeerCondition>(condition), 5);
        var (lost, after) = await LostAsync();
        Assert.Equal(text, lost);
        Assert.Equal(PeerWatch.Lease, after);
    }

    [Fact]
    public async Task A_starved_runner_gets_more_patience()
    {
        pulse = new PeerPulse(PeerCondition.Starved, 0);
        Assert.Equal(PeerWatch.Patience, (await LostAsync()).After);
    }

    [Fact]
    public async Task A_silent_runner_that_still_works_gets_more_patience()
    {
        var (lost, after) = await LostAsync(static before => before with { Processor = before.Processor + 1 });
        Assert.Equal("the runner, process 7, has been silent for 10 s", lost);
        Assert.Equal(PeerWatch.Patience, after);
    }

    [Fact]
    public async Task A_runner_without_anything_to_take_back_may_be_stopped_as_long_as_it_likes()
    {
        pulse = new PeerPulse(PeerCondition.Stopped, 0);
        matters = false;
        var watching = WatchAsync();
        for (var slept = TimeSpan.Zero; slept < PeerWatch.Patience * 2; slept += PeerWatch.Slice)
        {
            Assert.NotSame(watching, await Task.WhenAny(watching, time.WaitedForAsync(PeerWatch.Slice)));
            time.Advance(PeerWatch.Slice);
        }

        await pipe.Writer.CompleteAsync();
        Assert.Equal("the runner, process 7, died", await watching);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'f', 255, 255, 255, 127 })]
    [InlineData(new byte[] { (byte)'f', 255, 255, 255, 255 })]
    [InlineData(new byte[] { (byte)'f', 9, 0, 0, 0, 1 })]
    public async Task What_is_no_frame_is_the_end_of_the_pipe(byte[] bytes)
    {
        var watching = WatchAsync();
        await pipe.Writer.WriteAsync(bytes, TestContext.Current.CancellationToken);
        await pipe.Writer.CompleteAsync();
        Assert.Equal("the runner, process 7, died", await watching);
    }

    [Fact]
    public async Task A_time_in_which_nobody_ran_is_not_counted_in_full()
    {
        pulse = new PeerPulse(PeerCondition.Stopped, 0);
        var watching = WatchAsync();
        await time.WaitedForAsync(PeerWatch.Slice);
        time.Advance(TimeSpan.FromHours(1));
        Assert.NotSame(watching, await Task.WhenAny(watching, time.WaitedForAsync(PeerWatch.Slice)));
        await pipe.Writer.CompleteAsync();
        Assert.NotNull(await watching);
    }

    private async Task<string?> WatchAsync(Func<PeerPulse, PeerPulse>? change = null)
    {
        var peer = new Platform.Processes.ProcessIdentity(7, 1);
        var frames = new PipeFrames(pipe.Reader.AsStream());
        return (await new PeerWatch(frames, "the runner", peer, () => pulse = change?.Invoke(pulse) ?? pulse, static _ => { }, time)
        {
            Matters = () => matters,
        }.WaitAsync())?.Text;
    }

    private async Task<(string? Lost, TimeSpan After)> LostAsync(Func<PeerPulse, PeerPulse>? change = null)
    {
        var began = time.GetTimestamp();
        var watching = WatchAsync(change);
        while (await Task.WhenAny(watching, time.WaitedForAsync(PeerWatch.Slice)) != watching)
        {
            time.Advance(PeerWatch.Slice);
        }

        return (await watching, time.GetElapsedTime(began));
    }
}
