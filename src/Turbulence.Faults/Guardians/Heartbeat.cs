using Turbulence.Platform.Threads;

namespace Turbulence.Faults.Guardians;

/// <summary>
/// The runner's side of the pipe: a thread of its own that says five times a second that the runner lives, passes on what it is given, and
/// does nothing else, so that neither a busy thread pool nor a slow activity can make the guardian believe that the runner is frozen, and
/// nobody but it ever waits for the pipe.
/// </summary>
internal sealed class Heartbeat : IDisposable
{
    /// <summary>The longest gap between two frames.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(200);

    private readonly Stream pipe;
    private readonly object gate = new();
    private readonly Queue<PipeFrame> waiting = new();
    private readonly Thread thread;
    private long sent;
    private bool ending;

    /// <summary>Begins to beat.</summary>
    /// <param name="pipe">The guardian's standard input.</param>
    public Heartbeat(Stream pipe)
    {
        this.pipe = pipe;
        thread = new Thread(Run, maxStackSize: 128 * 1024) { IsBackground = true, Name = "heartbeat", Priority = ThreadPriority.Highest };
        thread.Start();
    }

    /// <summary>Sends a record as soon as there is room in the pipe; waits for nothing.</summary>
    /// <returns>How many records that makes.</returns>
    public long Send(byte kind, byte[] record)
    {
        lock (gate)
        {
            waiting.Enqueue(new PipeFrame(kind, record));
            Monitor.Pulse(gate);
            return ++sent;
        }
    }

    /// <summary>Tells the guardian that the run has come to its end; the last thing that it hears. Waits for nothing.</summary>
    public void EndInOrder()
    {
        lock (gate)
        {
            waiting.Enqueue(PipeFrame.Of(PipeFrame.End));
            ending = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Stops beating and closes the pipe. A guardian that may be stopped is killed before: its pipe may be full.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            ending = true;
            Monitor.Pulse(gate);
        }

        thread.Join();
        pipe.Dispose();
    }

    // On real time, and on no timer: what this proves is that the process gets to run.
    private void Run()
    {
        ThreadUrgency.Raise();
        var beat = PipeFrame.Of(PipeFrame.Beat).ToBytes();
        try
        {
            while (true)
            {
                pipe.Write(beat);
                var (frames, isLast) = Next();
                foreach (var frame in frames)
                {
                    pipe.Write(frame.ToBytes());
                }

                if (isLast)
                {
                    return;
                }
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            // The guardian is dead. Its post notices that by itself, and sooner.
        }
    }

    private (PipeFrame[] Frames, bool IsLast) Next()
    {
        lock (gate)
        {
            if (waiting.Count == 0 && !ending)
            {
                Monitor.Wait(gate, Gap);
            }

            PipeFrame[] frames = [.. waiting];
            waiting.Clear();
            return (frames, ending);
        }
    }
}
