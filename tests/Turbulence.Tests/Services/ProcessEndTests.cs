using Microsoft.Extensions.Time.Testing;
using Turbulence.Platform.Processes;
using Turbulence.Services;

namespace Turbulence.Tests.Services;

public sealed class ProcessEndTests
{
    private static readonly ProcessStartFailure TooManyFiles = new(24, "cannot open process 1: too many open files");
    private static readonly ProcessStartFailure Gone = new(3, "cannot open process 1: no such process");

    [Fact]
    public async Task What_the_system_calls_gone_is_gone_and_nothing_else_is()
    {
        Assert.Null(await new ProcessEnd(TimeSpan.Zero, TimeProvider.System) { Open = Failing(Gone) }.EndAsync(default));

        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(10) };
        var left = await new ProcessEnd(TimeSpan.Zero, time) { Open = Failing(TooManyFiles) }.EndAsync(new ProcessIdentity(1, 1));
        Assert.Equal("process 1 could not be ended: cannot open process 1: too many open files", left);
    }

    [Fact]
    public async Task One_that_cannot_be_held_for_a_moment_is_ended_after_that()
    {
        Assert.True(ChildProcess.TryStart(new ProcessStartOptions
        {
            FileName = "/bin/sleep",
            Arguments = ["1000"],
            WorkingDirectory = "/",
        }, out var child, out var failure), failure?.Message);
        await using (child)
        {
            var failures = 2;
            var end = new ProcessEnd(TimeSpan.FromSeconds(60), TimeProvider.System)
            {
                Open = identity => failures-- > 0 ? (null, TooManyFiles)
                    : ProcessHandle.TryOpen(identity, out var handle, out var why) ? (handle, null) : (null, why),
            };
            Assert.Null(await end.EndAsync(child.Identity));
            Assert.Equal(PosixSignalNumber.Terminate, (await child.Exited).Signal);
        }
    }

    private static Func<ProcessIdentity, (ProcessHandle?, ProcessStartFailure?)> Failing(ProcessStartFailure why) => _ => (null, why);
}
