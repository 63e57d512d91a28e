using Turbulence.Platform.Processes;

namespace Turbulence.Platform.Tests.Processes;

/// <summary>Runs alone, for what it counts belongs to the whole test process.</summary>
[Collection(nameof(Alone))]
public sealed class ChildProcessLeakTests
{
    [Fact]
    public async Task Five_hundred_children_leave_no_file_and_one_thread()
    {
        await RunAsync();
        var before = OurFiles();
        for (var i = 0; i < 500; i++)
        {
            await RunAsync();
        }

        AssertNoMoreThan(before);
        Assert.Equal(1, OurThreads());

        static async Task RunAsync()
        {
            var output = await Children.RunAsync(new()
            {
                FileName = "/bin/true",
                StandardInput = ChildInput.Bytes("input"u8.ToArray()),
                StandardOutput = ChildOutput.Capture(10),
                StandardError = ChildOutput.Capture(10),
            });
            Assert.True(output.Status.IsSuccess);
        }
    }

    [Fact]
    public void Failed_starts_leave_no_file()
    {
        var before = OurFiles();
        for (var i = 0; i < 100; i++)
        {
            Assert.False(ChildProcess.TryStart(Children.Script("") with { FileName = "/no/such" }, out _, out _));
            Assert.False(
                ChildProcess.TryStart(Children.Script("") with { StandardError = ChildOutput.AppendTo("/no/such/file") }, out _, out _));
        }

        AssertNoMoreThan(before);
    }

    [Fact]
    public async Task Two_hundred_children_at_once_are_all_told_apart()
    {
        var before = OurFiles();
        var outputs = await Task.WhenAll(Enumerable
            .Range(0, 200)
            .Select(i => Task.Run(() => Children.RunAsync(Children.Script("echo $1; exit $(($1 % 100))", $"{i}")))));

        Assert.Equal(Enumerable
            .Range(0, 200)
            .Select(i => ($"{i}\n", i % 100)), outputs.Select(output => (output.StandardOutput.Text(), output.Status.ExitCode)));
        AssertNoMoreThan(before);
        Assert.Equal(1, OurThreads());
    }

    [Fact]
    public async Task A_grandchild_that_held_an_output_open_frees_the_pipe_when_it_ends()
    {
        var before = OurFiles();
        await using (var process = Children.Start(Children.Script("sleep 300 & echo $!")))
        {
            await process.ReadOutputAsync(TimeProvider.System, TestContext.Current.CancellationToken);
            Assert.True(process.SignalGroup(PosixSignalNumber.Kill));
        }

        AssertNoMoreThan(before);
    }

    [Fact]
    public async Task How_a_child_ended_is_known_though_our_parent_left_its_signal_ignored()
    {
        using var ignored = new IgnoredChildSignal();

        Assert.Equal(3, (await Children.RunAsync(Children.Script("exit 3"))).Status.ExitCode);
    }

    /// <summary>What earlier tests left to end by itself may still be ending; what we left stays.</summary>
    private static void AssertNoMoreThan(int before) =>
        Assert.True(SpinWait.SpinUntil(() => OurFiles() <= before, Children.Deadline), $"{before} files became {OurFiles()}");

    private static int OurFiles()
    {
        // What earlier tests did not dispose of must not be counted as freed by us.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Directory.GetFiles("/proc/self/fd")
            .Select(file => new FileInfo(file).LinkTarget)
            .Count(target => target is not null && (target.StartsWith("pipe:", StringComparison.Ordinal)
                || target.Contains("pidfd", StringComparison.Ordinal)
                || target.StartsWith("/memfd:stdin", StringComparison.Ordinal)
                || target == "/dev/null"));
    }

    private static int OurThreads() =>
        Directory.GetDirectories("/proc/self/task").Count(task => File.ReadAllText(Path.Combine(task, "comm")).Trim() == "child processes");
}
