using Turbulence.Interruptions;

namespace Turbulence.Tests.Interruptions;

/// <summary>Who asks a run to stop when it is over already, as a signal does that was on its way.</summary>
public sealed class RunStopTests
{
    private static readonly Interruption Asked = new(InterruptionCause.Keyboard, "SIGINT signal received");

    [Fact]
    public void A_request_after_the_end_is_none()
    {
        var stop = new RunStop();
        var heard = 0;
        stop.Requested += (_, _) => heard++;
        stop.Dispose();

        stop.Request(Asked);
        Assert.False(stop.RequestOnce(Asked));
        stop.EndOverdue(Asked);

        Assert.Equal(0, heard);
        Assert.Null(stop.Interruption);
    }

    [Fact]
    public void One_that_is_under_way_at_the_end_is_carried_out()
    {
        var stop = new RunStop();
        var (run, rollbacks) = (stop.Run, stop.Rollbacks);
        stop.Requested += (_, number) =>
        {
            if (number == RunStop.RequestsThatSkipRollbacks)
            {
                stop.Dispose();
            }
        };

        for (var number = 0; number < RunStop.RequestsThatSkipRollbacks; number++)
        {
            stop.Request(Asked);
        }

        Assert.True(run.IsCancellationRequested);
        Assert.True(rollbacks.IsCancellationRequested);
        stop.Request(Asked);
        stop.Dispose();
    }

    [Fact]
    public async Task Whoever_asks_while_it_ends_hears_of_nothing()
    {
        for (var round = 0; round < 200; round++)
        {
            var stop = new RunStop();
            using var together = new Barrier(3);
            Action[] acts = [() => stop.Request(Asked), () => stop.EndOverdue(Asked), stop.Dispose];
            await Task.WhenAll(acts.Select(act => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait(TestContext.Current.CancellationToken);
                    act();
                },
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));
        }
    }
}
