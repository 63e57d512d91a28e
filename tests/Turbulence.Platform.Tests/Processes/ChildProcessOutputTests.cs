using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Platform.Processes;

namespace Turbulence.Platform.Tests.Processes;

public sealed class ChildProcessOutputTests
{
    [Fact]
    public async Task Both_outputs_are_read_at_once_to_the_last_byte()
    {
        var output = await Children.RunAsync(Children.Script("head -c 500000 /dev/zero; head -c 500000 /dev/zero >&2; printf end"));

        Assert.Equal((500_003, 500_000), (output.StandardOutput.Bytes.Length, output.StandardError.Bytes.Length));
        Assert.EndsWith("end", output.StandardOutput.Text(), StringComparison.Ordinal);
        Assert.True(output.StandardOutput.Ended && output.StandardError.Ended);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(9, true)]
    [InlineData(10, false)]
    [InlineData(11, false)]
    public async Task The_first_bytes_are_kept_and_the_child_is_not_held_up(int limit, bool truncated)
    {
        var output = await Children.RunAsync(Children.Script("printf 0123456789") with { StandardOutput = ChildOutput.Capture(limit) });

        Assert.Equal("0123456789"[..Math.Min(limit, 10)], output.StandardOutput.Text());
        Assert.Equal((10L, truncated), (output.StandardOutput.TotalBytes, output.StandardOutput.Truncated));
    }

    [Fact]
    public async Task More_than_the_limit_by_far_takes_no_more_memory()
    {
        var output =
            await Children.RunAsync(Children.Script("head -c 100000000 /dev/zero") with { StandardOutput = ChildOutput.Capture(1000) });

        Assert.Equal(
            (0, 100_000_000L, 1000), (output.Status.ExitCode, output.StandardOutput.TotalBytes, output.StandardOutput.Bytes.Length));
    }

    [Fact]
    public async Task A_grandchild_that_keeps_the_output_open_does_not_hold_us_up()
    {
        await using var process = Children.Start(Children.Script("sleep 300 & echo $!"));
        var output = await process.ReadOutputAsync(TimeProvider.System, TestContext.Current.CancellationToken);
        var grandchild = int.Parse(output.StandardOutput.Text(), CultureInfo.InvariantCulture);
        try
        {
            Assert.True(Children.IsAlive(grandchild));
            Assert.False(output.StandardOutput.Ended);
            Assert.False(output.StandardError.Ended);
            Assert.Equal(0, output.Status.ExitCode);
        }
        finally
        {
            Children.Kill(grandchild);
        }
    }

    [Fact]
    public async Task A_grandchild_that_lets_go_within_the_grace_is_heard()
    {
        var clock = new FakeTimeProvider();
        using var folder = new TemporaryFolder();
        await using var process = Children.Start(
            Children.Script("(until [ -e \"$1\" ]; do sleep 0.01; done; printf late) & printf early-", folder["go"]));
        var reading = process.ReadOutputAsync(clock, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["go"], "", TestContext.Current.CancellationToken);

        var output = await reading.WaitAsync(Children.Deadline, TestContext.Current.CancellationToken);

        Assert.Equal(("early-late", true), (output.StandardOutput.Text(), output.StandardOutput.Ended));
    }

    [Fact]
    public async Task A_grandchild_that_goes_on_writing_is_not_killed_by_it()
    {
        using var folder = new TemporaryFolder();
        await using var process = Children.Start(Children.Script(
            "echo first; (until [ -e \"$1/stop\" ]; do echo more; sleep 0.01; done; echo more; : > \"$1/done\") &", folder.Path));
        var output = await process.ReadOutputAsync(TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.StartsWith("first", output.StandardOutput.Text(), StringComparison.Ordinal);
        await process.DisposeAsync();

        using var watcher = new FileSystemWatcher(folder.Path) { EnableRaisingEvents = true };
        var done = new TaskCompletionSource();
        watcher.Created += (_, created) => _ = created.Name == "done" && done.TrySetResult();
        await File.WriteAllTextAsync(folder["stop"], "", TestContext.Current.CancellationToken);

        await done.Task.WaitAsync(Children.Deadline, TestContext.Current.CancellationToken);
        Assert.True(File.Exists(folder["done"]));
    }

    [Fact]
    public async Task Both_outputs_are_appended_to_one_file()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["log"], "before\n", TestContext.Current.CancellationToken);
        var log = ChildOutput.AppendTo(folder["log"]);
        await Children.RunAsync(Children.Script("echo one; echo two >&2; echo three") with { StandardOutput = log, StandardError = log });

        Assert.Equal("before\none\ntwo\nthree\n", await File.ReadAllTextAsync(folder["log"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Streams_talk_with_a_worker()
    {
        await using var cat = Children.Start(
            new() { FileName = "/bin/cat", StandardInput = ChildInput.Stream, StandardOutput = ChildOutput.Stream });
        var content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i}\n")));
        var writing = WriteAsync();
        var received = new MemoryStream();
        await cat.StandardOutput.CopyToAsync(received, TestContext.Current.CancellationToken);
        await writing;

        Assert.Equal(content, received.ToArray());
        Assert.True((await cat.WaitForExitAsync(TestContext.Current.CancellationToken)).IsSuccess);

        async Task WriteAsync()
        {
            await cat.StandardInput.WriteAsync(content, TestContext.Current.CancellationToken);
            await cat.StandardInput.DisposeAsync();
        }
    }

    [Fact]
    public async Task Waiting_for_a_worker_can_be_cancelled_and_is_ended_by_disposal()
    {
        await using var cat = Children.Start(
            new() { FileName = "/bin/cat", StandardInput = ChildInput.Stream, StandardOutput = ChildOutput.Stream });
        using var cancellation = new CancellationTokenSource();
        var first = cat.StandardOutput.ReadAsync(new byte[1], cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        var second = cat.StandardOutput.ReadAsync(new byte[1], TestContext.Current.CancellationToken).AsTask();
        await cat.StandardOutput.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => second.WaitAsync(Children.Deadline, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Writing_to_a_dead_worker_is_an_error_and_not_our_end()
    {
        await using var worker = Children.Start(new() { FileName = "/bin/true", StandardInput = ChildInput.Stream });
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken);

        // A child of another test that is between its fork and its exec holds our end of the pipe, too, for an instant.
        var error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (true)
            {
                await worker.StandardInput.WriteAsync(new byte[10], TestContext.Current.CancellationToken);
            }
        });
        Assert.Contains("Broken pipe", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_was_not_asked_for_is_not_there()
    {
        await using var process = Children.Start(new() { FileName = "/bin/true" });

        Assert.Throws<InvalidOperationException>(() => process.StandardInput);
        Assert.Throws<InvalidOperationException>(() => process.StandardOutput);
        Assert.Throws<InvalidOperationException>(() => process.StandardError);
    }
}
