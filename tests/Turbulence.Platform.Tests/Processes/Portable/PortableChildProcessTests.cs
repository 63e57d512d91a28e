using Turbulence.Platform.Processes;
using Turbulence.Platform.Processes.Portable;

namespace Turbulence.Platform.Tests.Processes.Portable;

/// <summary>The way of the other systems, as far as it can be tried on this one.</summary>
public sealed class PortableChildProcessTests
{
    [Fact]
    public async Task Output_and_status_come_back()
    {
        var output =
            await RunAsync(Children.Script("cat; echo err >&2; exit 3") with { StandardInput = ChildInput.Bytes("given"u8.ToArray()) });

        Assert.Equal((3, "given", "err\n"), (output.Status.ExitCode, output.StandardOutput.Text(), output.StandardError.Text()));
    }

    [Fact]
    public async Task The_standard_input_is_empty_unless_something_is_given() =>
        Assert.Equal("0", (await RunAsync(Children.Script("printf %d $(wc -c)"))).StandardOutput.Text());

    [Fact]
    public async Task Output_is_appended_to_a_file()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["log"], "before\n", TestContext.Current.CancellationToken);
        await RunAsync(Children.Script("echo after") with { StandardOutput = ChildOutput.AppendTo(folder["log"]) });

        Assert.Equal("before\nafter\n", await File.ReadAllTextAsync(folder["log"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Streams_talk_with_a_worker()
    {
        await using var cat = Start(
            new() { FileName = "/bin/cat", StandardInput = ChildInput.Stream, StandardOutput = ChildOutput.Stream });
        await cat.StandardInput.WriteAsync("hello\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await cat.StandardInput.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal("hello", await Children.ReadLineAsync(cat.StandardOutput));
    }

    [Fact]
    public async Task The_child_is_ended()
    {
        await using var process = Start(new() { FileName = "/bin/sleep", Arguments = ["300"] });
        var status = await process
            .TerminateGroupAsync(Children.Deadline, TimeProvider.System)
            .WaitAsync(Children.Deadline, TestContext.Current.CancellationToken);

        Assert.False(status.IsSuccess);
        Assert.False(process.Signal(PosixSignalNumber.Kill));
    }

    [Fact]
    public void What_cannot_be_started_is_a_value_that_says_why()
    {
        Assert.False(PortableChildProcess.TryStart(new() { FileName = "/no/such" }, out _, out var failure));
        Assert.Equal(2, failure.ErrorNumber);
        Assert.StartsWith("cannot start /no/such: ", failure.Message, StringComparison.Ordinal);
    }

    private static ChildProcess Start(ProcessStartOptions options)
    {
        Assert.True(PortableChildProcess.TryStart(options, out var process, out var failure), failure?.Message);
        return process;
    }

    private static async Task<ProcessOutput> RunAsync(ProcessStartOptions options)
    {
        await using var process = Start(options);
        return await process
            .ReadOutputAsync(TimeProvider.System, TestContext.Current.CancellationToken)
            .WaitAsync(Children.Deadline, TestContext.Current.CancellationToken);
    }
}
