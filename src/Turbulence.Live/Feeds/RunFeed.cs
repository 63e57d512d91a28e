namespace Turbulence.Live.Feeds;

/// <summary>
/// What a run has told so far, for everybody who looks, each at his own pace:
/// <code>
///   the run ─ Add ─▶ [ lines that stay │ the newest lines, 8 MiB ] ◀─ Read from line n ─ a browser
///                                                                  ◀─ Read from line m ─ another
/// </code>
/// Adding never waits for anybody. Who is so slow that lines were let go meanwhile is told how many he has missed.
/// </summary>
internal sealed class RunFeed
{
    private const int MostStaying = 20_000;
    private const int MostStayingBytes = 4 << 20;
    private const int Overhead = 48;

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly int mostBytes;
    private readonly List<(long Number, byte[] Text)> staying = [];
    private readonly List<FeedLine> newest = [];
    private int letGo;
    private long first;
    private long bytes;
    private long stayingBytes;
    private long lastAdded;
    private bool isOver;
    private TaskCompletionSource? waiting;

    /// <summary>Makes an empty one.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="mostBytes">How much of the newest lines is held, in bytes. Default: 8 MiB.</param>
    public RunFeed(TimeProvider time, int mostBytes = 8 << 20)
    {
        this.time = time;
        this.mostBytes = mostBytes;
    }

    /// <summary>How many lines there were, ever.</summary>
    public long Count
    {
        get
        {
            lock (gate)
            {
                return first + newest.Count - letGo;
            }
        }
    }

    /// <summary>Adds a line. What comes after the end is left out.</summary>
    public void Add(FeedLine line)
    {
        TaskCompletionSource? woken;
        lock (gate)
        {
            if (isOver)
            {
                return;
            }

            newest.Add(line);
            lastAdded = time.GetTimestamp();
            bytes += line.Text.Length + Overhead;
            while (bytes > mostBytes && newest.Count - letGo > 1)
            {
                LetGo();
            }

            (woken, waiting) = (waiting, null);
        }

        woken?.TrySetResult();
    }

    /// <summary>Nothing comes any more.</summary>
    public void End()
    {
        TaskCompletionSource? woken;
        lock (gate)
        {
            isOver = true;
            (woken, waiting) = (waiting, null);
        }

        woken?.TrySetResult();
    }

    /// <summary>Waits until there is a line of this number, or the end.</summary>
    public async Task WaitAsync(long from, CancellationToken cancellation)
    {
        while (true)
        {
            Task task;
            lock (gate)
            {
                if (isOver || from < first + newest.Count - letGo)
                {
                    return;
                }

                // Whoever adds a line goes on at once: those who wait run on threads of their own.
                waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                task = waiting.Task;
            }

            await task.WaitAsync(cancellation);
        }
    }

    /// <summary>Reads lines.</summary>
    /// <param name="from">The number of the first; one that there never was is taken as the nearest that there is.</param>
    /// <param name="most">As many bytes as are read in one go, about.</param>
    public FeedBatch Read(long from, int most)
    {
        lock (gate)
        {
            var end = first + newest.Count - letGo;
            from = Math.Clamp(from, 0, end);
            List<byte[]> lines = [];
            var next = from;
            var left = most;
            var skipped = 0L;
            if (from < first)
            {
                foreach (var (_, text) in staying.SkipWhile(line => line.Number < from))
                {
                    lines.Add(text);
                    left -= text.Length;
                }

                skipped = first - from - lines.Count;
                next = first;
            }

            for (var place = letGo + (int)(next - first); place < newest.Count && left > 0; place++, next++)
            {
                lines.Add(newest[place].Text);
                left -= newest[place].Text.Length;
            }

            var age = end == 0 ? TimeSpan.Zero : time.GetElapsedTime(lastAdded);
            return new FeedBatch(lines, next, skipped, age, isOver && next == end);
        }
    }

    private void LetGo()
    {
        var oldest = newest[letGo];
        newest[letGo] = default;
        if (oldest.Stays && staying.Count < MostStaying && stayingBytes + oldest.Text.Length <= MostStayingBytes)
        {
            stayingBytes += oldest.Text.Length;
            staying.Add((first, oldest.Text));
        }

        bytes -= oldest.Text.Length + Overhead;
        first++;
        if (++letGo > newest.Count / 2)
        {
            newest.RemoveRange(0, letGo);
            letGo = 0;
        }
    }
}
