using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>
/// Our end of a pipe to or from a child. Waiting for it costs no thread and can be cancelled. One read or one write at a time.
/// </summary>
internal sealed class PipeStream(SafeFileHandle file, bool writable) : Stream, IAttendable, ITraceable
{
    private readonly CancellationTokenSource closed = new();
    private readonly PipeReading reading = new(file);
    private long offered;

    public override bool CanRead => !writable && !file.IsClosed;

    public override bool CanWrite => writable && !file.IsClosed;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public unsafe long MostRead
    {
        get
        {
            var unread = 0;
            try
            {
                // The count first: what is written after it makes the result larger, and not smaller.
                unread = LibC.DeviceControl(file, LibC.CountUnread, &unread) == 0 ? unread : 0;
            }
            catch (ObjectDisposedException)
            {
                unread = 0;
            }

            return Interlocked.Read(ref offered) - unread;
        }
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count;
        while ((count = TryRead(buffer)) < 0)
        {
            WaitHere(EventLoop.Readable);
        }

        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        while ((count = TryRead(buffer.Span)) < 0)
        {
            await WaitAsync(EventLoop.Readable, cancellationToken);
        }

        return count;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = TryWrite(buffer);
            if (count == 0)
            {
                WaitHere(EventLoop.Writable);
            }

            buffer = buffer[count..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var count = TryWrite(buffer.Span);
            if (count == 0)
            {
                await WaitAsync(EventLoop.Writable, cancellationToken);
            }

            buffer = buffer[count..];
        }
    }

    public StreamAttendance? Attend() => writable || file.IsClosed ? null : reading.Attend();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !file.IsClosed)
        {
            closed.Cancel();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task WaitAsync(uint events, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closed.Token);
        try
        {
            await (writable ? EventLoop.Shared.WhenReadyAsync(file, events, either.Token) : reading.WaitAsync(either.Token));
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(PipeStream));
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <summary>The count read, 0 at the end, -1 when there is nothing yet.</summary>
    private unsafe int TryRead(Span<byte> buffer)
    {
        if (writable)
        {
            throw new NotSupportedException();
        }

        fixed (byte* start = buffer)
        {
            return buffer.IsEmpty ? 0 : Outcome(LibC.Read(file, start, buffer.Length), nothing: -1);
        }
    }

    /// <summary>The count written, 0 when there is no room.</summary>
    private unsafe int TryWrite(ReadOnlySpan<byte> buffer)
    {
        if (!writable)
        {
            throw new NotSupportedException();
        }

        fixed (byte* start = buffer)
        {
            // Before the call, since it may have been read before that returns.
            Interlocked.Add(ref offered, buffer.Length);
            nint count = 0;
            try
            {
                count = LibC.Write(file, start, buffer.Length);
            }
            finally
            {
                Interlocked.Add(ref offered, Math.Max(count, 0) - buffer.Length);
            }

            return Outcome(count, nothing: 0);
        }
    }

    private static int Outcome(nint count, int nothing)
    {
        if (count >= 0)
        {
            return (int)count;
        }

        return Marshal.GetLastPInvokeError() is LibC.ErrorAgain or LibC.ErrorInterrupted
            ? nothing
            : throw new IOException(SystemError.Last("the pipe to the child process is broken").Message);
    }

    private void WaitHere(uint events) => FilePoll.Wait(file, events, Timeout.InfiniteTimeSpan);
}
