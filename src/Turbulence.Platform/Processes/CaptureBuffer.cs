namespace Turbulence.Platform.Processes;

/// <summary>Keeps the first bytes of an output and counts the rest.</summary>
internal sealed class CaptureBuffer(int limit)
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] bytes = [];
    private int count;
    private long total;
    private bool taken;

    /// <summary>Ends when the output ends.</summary>
    public Task Ended => ended.Task;

    public void Append(ReadOnlySpan<byte> more)
    {
        lock (gate)
        {
            if (taken)
            {
                return;
            }

            total += more.Length;
            more = more[..Math.Min(more.Length, limit - count)];
            if (bytes.Length - count < more.Length)
            {
                var doubled = Math.Min(bytes.Length * 2L, limit);
                Array.Resize(ref bytes, (int)Math.Max(doubled, count + more.Length));
            }

            more.CopyTo(bytes.AsSpan(count));
            count += more.Length;
        }
    }

    public void End() => ended.TrySetResult();

    /// <summary>What was kept so far; nothing is kept from now on.</summary>
    public CapturedOutput Take()
    {
        lock (gate)
        {
            taken = true;
            return new CapturedOutput(bytes.AsMemory(0, count), total, Ended.IsCompleted);
        }
    }
}
