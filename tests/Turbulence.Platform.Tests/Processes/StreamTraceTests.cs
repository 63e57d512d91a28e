using Turbulence.Platform.Processes;

namespace Turbulence.Platform.Tests.Processes;

/// <summary>What a child has not read is known, while it lives and afterwards.</summary>
// A child that somebody else starts just then has our pipes until it executes its program, and keeps their ends open.
[Collection(nameof(Alone))]
public sealed class StreamTraceTests
{
    [Fact]
    public async Task What_nobody_has_read_is_unread_after_the_death_of_who_should_have_it_too()
    {
        await using var deaf = Start("exec sleep 600");
        deaf.StandardInput.Write("twelve bytes"u8);

        Assert.Equal(0, MostRead(deaf));
        deaf.Signal(PosixSignalNumber.Kill);
        await deaf.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, MostRead(deaf));
        Assert.Throws<IOException>(() => deaf.StandardInput.Write("more"u8));
        Assert.Equal(0, MostRead(deaf));
    }

    [Fact]
    public async Task What_was_read_is_not_unread()
    {
        await using var half = Start("head -c 6 >/dev/null; echo read; exec sleep 600");
        half.StandardInput.Write("read by half"u8);
        Assert.Equal("read", await Children.ReadLineAsync(half.StandardOutput));

        // Some read more than they need.
        Assert.InRange(MostRead(half), 6, 12);
    }

    [Fact]
    public async Task What_is_not_written_yet_is_not_read()
    {
        await using var slow = Start("exec sleep 600");
        using var stop = new CancellationTokenSource();

        // More than a pipe holds.
        var writing = slow.StandardInput.WriteAsync(new byte[10_000_000], stop.Token);

        Assert.Equal(0, MostRead(slow));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await writing);
        Assert.Equal(0, MostRead(slow));
    }

    [Fact]
    public async Task Of_a_stream_that_is_closed_nothing_is_known_so_that_all_may_have_been_read()
    {
        await using var deaf = Start("exec sleep 600");
        deaf.StandardInput.Write("twelve bytes"u8);
        await deaf.StandardInput.DisposeAsync();

        Assert.Equal(12, MostRead(deaf));
    }

    private static ChildProcess Start(string script) => Children.Start(new ProcessStartOptions
    {
        FileName = "/bin/sh",
        Arguments = ["-c", script],
        StandardInput = ChildInput.Stream,
        StandardOutput = ChildOutput.Stream,
    });

    private static long MostRead(ChildProcess child) => Assert.IsType<ITraceable>(child.StandardInput, exactMatch: false).MostRead;
}
