using Microsoft.Win32.SafeHandles;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>
/// Waits for something to read in a pipe, for one reader: on the event loop, which hands him to the thread pool, or on the thread of
/// somebody who attends (<see cref="IAttendable"/>). While somebody attends, the loop does not watch the pipe, so that it is not woken
/// either.
/// </summary>
/// <param name="file">The pipe.</param>
internal sealed class PipeReading(SafeFileHandle file)
{
    private readonly SafeFileHandle file = file;
    private readonly Lock gate = new();
    private TaskCompletionSource? waiting;
    private long key;
    private bool isAttended;

    /// <summary>Ends when there is something to read; one at a time.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="IOException">The pipe cannot be watched.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        // Who attends lets the reader go on on his own thread, which is the point of it; the others see to it that he does not go on on
        // theirs.
        var ready = new TaskCompletionSource();
        lock (gate)
        {
            waiting = ready;
            if (!isAttended && !TryWatch())
            {
                waiting = null;
                throw Unwatched();
            }
        }

        await using var registration = cancellationToken.UnsafeRegister(
            _ => ThreadPool.UnsafeQueueUserWorkItem(
                static source => source.Ready.TrySetCanceled(source.Token),
                (Ready: ready, Token: cancellationToken),
                preferLocal: false), null);
        try
        {
            await ready.Task;
        }
        finally
        {
            lock (gate)
            {
                if (ReferenceEquals(waiting, ready))
                {
                    Release();
                }
            }
        }
    }

    /// <summary>Begins to wait in the reader's place; null where somebody does.</summary>
    public StreamAttendance? Attend()
    {
        lock (gate)
        {
            if (isAttended)
            {
                return null;
            }

            isAttended = true;
            StopWatching();
            return new Attendance(this);
        }
    }

    private static IOException Unwatched() => new(SystemError.Last("cannot watch a pipe").Message);

    private bool TryWatch() => (key = EventLoop.Shared.Watch(file, EventLoop.Readable, OnReady)) != 0;

    private void StopWatching()
    {
        if (key != 0)
        {
            EventLoop.Shared.Stop(key, file);
            key = 0;
        }
    }

    private TaskCompletionSource? Release()
    {
        StopWatching();
        var released = waiting;
        waiting = null;
        return released;
    }

    // On the event loop.
    private void OnReady()
    {
        TaskCompletionSource? ready;
        lock (gate)
        {
            // It may have been called just when somebody began to attend.
            ready = isAttended ? null : Release();
        }

        if (ready is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static source => source.TrySetResult(), ready, preferLocal: false);
        }
    }

    private sealed class Attendance(PipeReading reading) : StreamAttendance
    {
        public override bool ReadNext(TimeSpan longest)
        {
            if (!FilePoll.Wait(reading.file, EventLoop.Readable, longest))
            {
                return false;
            }

            TaskCompletionSource? ready;
            lock (reading.gate)
            {
                ready = reading.Release();
            }

            return ready?.TrySetResult() == true;
        }

        public override void Dispose()
        {
            TaskCompletionSource? unwatched = null;
            lock (reading.gate)
            {
                reading.isAttended = false;
                if (reading.waiting is not null && !reading.TryWatch())
                {
                    unwatched = reading.Release();
                }
            }

            unwatched?.TrySetException(Unwatched());
        }
    }
}
