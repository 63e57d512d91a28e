namespace Turbulence.Faults.Guardians;

/// <summary>
/// The guardian's side of its answers. It never waits for the pipe, since a runner that is stopped reads nothing and must not hold up the
/// guardian; what is not written yet is replaced by what is newer.
/// </summary>
/// <param name="pipe">The guardian's standard output.</param>
internal sealed class GuardianVoice(Stream pipe)
{
    private readonly Lock gate = new();
    private PipeFrame? next;
    private bool isWriting;

    /// <summary>
    /// Says that it is on watch: at once, since what comes next must not take its place. The pipe is empty, so nothing is waited for.
    /// </summary>
    public void Begin()
    {
        try
        {
            pipe.Write(PipeFrame.Of(PipeFrame.Hello, PipeFrame.Version).ToBytes());
            pipe.Flush();
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // The runner is dead; the other pipe says so.
        }
    }

    /// <summary>Says something, in place of what could not be said yet.</summary>
    public void Say(PipeFrame frame)
    {
        lock (gate)
        {
            next = frame;
            if (isWriting)
            {
                return;
            }

            isWriting = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static voice => voice.Write(), this, preferLocal: false);
    }

    private void Write()
    {
        while (Next() is { } frame)
        {
            try
            {
                pipe.Write(frame.ToBytes());
                pipe.Flush();
            }
            catch (Exception closed) when (closed is IOException or ObjectDisposedException)
            {
                // The runner is dead; the other pipe says so.
                return;
            }
        }
    }

    private PipeFrame? Next()
    {
        lock (gate)
        {
            var frame = next;
            (next, isWriting) = (null, frame is not null);
            return frame;
        }
    }
}
