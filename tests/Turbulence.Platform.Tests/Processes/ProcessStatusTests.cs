using Turbulence.Platform.Processes;

namespace Turbulence.Platform.Tests.Processes;

public sealed class ProcessStatusTests
{
    [Theory]
    [InlineData('S', 1, true)]
    [InlineData('T', 4, true)]
    [InlineData('Z', 0, false)]
    [InlineData('Z', 1, false)]
    [InlineData('Z', 2, true)]
    public void A_process_whose_first_thread_has_ended_lives_until_its_last_one_has(char state, int threads, bool isAlive) =>
        Assert.Equal(isAlive, new ProcessStatus(4711, "server", state, 1, 4711, 4711, 1) { Threads = threads }.IsAlive);

    [Fact]
    public void We_have_threads_and_memory() => Assert.True(
        ProcessTable.Find(Environment.ProcessId) is { Threads: > 1 }
            && ProcessUsage.Read(Environment.ProcessId) is { Threads: > 1, ResidentBytes: > 1_000_000 });

    [Fact]
    public async Task A_program_can_be_called_by_another_name()
    {
        Assert.True(ChildProcess.TryStart(
            new ProcessStartOptions { FileName = ExecutableSearch.Find("sleep")!, ProgramName = "dormouse", Arguments = ["100"] },
            out var child,
            out _));
        await using (child)
        {
            Assert.True(SpinWait.SpinUntil(() => ProcessTable.CommandLine(child.Id) is ["dormouse", "100"], TimeSpan.FromSeconds(30)));
            Assert.Equal("/dev/null", ProcessTable.OpenFile(child.Id, 1));
            Assert.Null(ProcessTable.OpenFile(child.Id, 77));
            Assert.Equal(ProcessTable.Namespace(Environment.ProcessId, "net"), ProcessTable.Namespace(child.Id, "net"));
            Assert.Equal(ProcessTable.StatusLine(Environment.ProcessId, "Uid"), ProcessTable.StatusLine(child.Id, "Uid"));
        }
    }
}
