using Turbulence.Platform.Threads;

namespace Turbulence.Faults.Guardians;

/// <summary>
/// The runner's side of the pipe: a thread of its own that writes one byte five times a second and does nothing else, so that neither a busy thread pool
/// nor a slow activity can make the guardian believe that the runner is frozen.
/// </summary>
internal sealed class Heartbeat : IDisposable
{
    /// <summary>The gap between two beats.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(200);

    /// <summary>What is written at each beat.</summary>
    public const byte Beat = (byte)'.';

    /// <summary>What is written when the run has come to its end in order, and there is nothing to guard any more.</summary>
    public const byte End = (byte)'e';

    private readonly Stream pipe;
    private readonly ManualResetEventSlim ending = new();
    private readonly Thread thread;
    private volatile bool isOrderly;

    /// <summary>Begins to beat.</summary>
    /// <param name="pipe">The guardian's standard input.</param>
    public Heartbeat(Stream pipe)
    {
        this.pipe = pipe;
        thread = new Thread(Run, maxStackSize: 128 * 1024) { IsBackground = true, Name = "heartbeat", Priority = ThreadPriority.Highest };
        thread.Start();
    }

    /// <summary>Tells the guardian that the run has come to its end; the last thing that it hears.</summary>
    public void EndInOrder()
    {
        isOrderly = true;
        Dispose();
    }

    /// <summary>Stops beating and closes the pipe.</summary>
    public void Dispose()
    {
        if (!ending.IsSet)
        {
            ending.Set();
            thread.Join();
            pipe.Dispose();
        }
    }

    // On real time, and on no timer: what this proves is that the process gets to run.
    private void Run()
    {
        ThreadUrgency.Raise();
        try
        {
            do
            {
                pipe.WriteByte(Beat);
            }
            while (!ending.Wait(Gap));

            if (isOrderly)
            {
                pipe.WriteByte(End);
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            // The guardian is dead. Its post notices that by itself, and sooner.
        }
    }
}
