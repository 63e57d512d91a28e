using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Turbulence.Proxy.Decisions;

/// <summary>
/// The receipts: a line for each decision that hit. Loops write them into memory of their own, and a thread beside them writes that where
/// it goes, soon after. Whatever becomes of that, connections go on; what could not be written is counted, and said where it stands again.
/// <code>
///   loop ─▶ page ─┐
///   loop ─▶ page ─┴─▶ thread ─▶ stream
/// </code>
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The stream is its owner's.")]
internal sealed class DecisionLog
{
    // Then more of them are written at once, and no loop has to wake anybody for each.
    private const int PauseMilliseconds = 20;
    private const int RetrySeconds = 1;

    // For the lines that are no decisions.
    private const int OtherBytes = 256;

    private readonly Stream stream;
    private readonly TimeProvider time;
    private readonly long seed;
    private readonly Action<Exception>? failed;
    private readonly long? most;
    private readonly DecisionMask mask;
    private readonly DecisionPage[] pages;
    private readonly Thread thread;
    private readonly Lock writing = new();
    private readonly object gate = new();
    private long written;
    private long lost;
    private long unsaid;
    private long failedAt;
    private long size = OtherBytes;
    private bool isFull;
    private bool isFullUnsaid;
    private bool hasHead;
    private bool isAsked;
    private bool isEnding;

    /// <summary>Begins one.</summary>
    /// <param name="stream">Where lines go; it is not closed.</param>
    /// <param name="loops">How many loops there are.</param>
    /// <param name="time">The clock of the lines.</param>
    /// <param name="seed">What the decisions come from.</param>
    /// <param name="failed">Lines can be written no longer; called once until they can again, after the first time on a thread of its
    /// own.</param>
    /// <param name="most">How many bytes are written at most, and none before the first line; null for no limit.</param>
    /// <param name="mask">Takes out of texts what is not to be written; null for nothing.</param>
    public DecisionLog(
        Stream stream,
        int loops,
        TimeProvider time,
        long seed,
        Action<Exception>? failed,
        long? most = null,
        Func<string, string>? mask = null)
    {
        this.stream = stream;
        this.time = time;
        this.seed = seed;
        this.failed = failed;
        this.most = most;
        this.mask = new DecisionMask(mask);
        pages = [.. Enumerable.Range(0, loops).Select(_ => new DecisionPage())];
        if (most is null)
        {
            Put([], 0);
        }

        thread = new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "proxy decisions" };
        thread.Start();
    }

    /// <summary>Why lines could not be written the last time; null where they could.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>How many lines were written.</summary>
    public long Written => Volatile.Read(ref written);

    /// <summary>How many could not be.</summary>
    public long Lost => Volatile.Read(ref lost);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>What all lines of a toxic begin with.</summary>
    public byte[] Beginning(string proxy, string toxic) => DecisionLine.Beginning(mask.Apply(proxy), mask.Apply(toxic));

    /// <summary>A toxic hits a connection.</summary>
    public void Add(int loop, byte[] beginning, long connection)
    {
        if (pages[loop].Add(
            DecisionLine.Most(beginning.Length),
            static (memory, in one) => DecisionLine.Connection(memory, one.beginning, one.connection, one.Now),
            (beginning, connection, Now)))
        {
            Ask();
        }
    }

    /// <summary>A toxic hits a datagram.</summary>
    public void Add(int loop, byte[] beginning, long flow, long number, bool isUpstream)
    {
        if (pages[loop].Add(
            DecisionLine.Most(beginning.Length),
            static (memory, in one) => DecisionLine.Datagram(memory, one.beginning, one.flow, one.number, one.isUpstream, one.Now),
            (beginning, flow, number, isUpstream, Now)))
        {
            Ask();
        }
    }

    /// <summary>A toxic hits a request.</summary>
    public void Add(int loop, byte[] beginning, long connection, in RequestReceipt request)
    {
        var subject = new RequestSubject { Beginning = beginning, Connection = connection, Request = mask.Apply(request), Now = Now };
        if (pages[loop].Add(
            DecisionLine.Most(beginning.Length),
            static (memory, in one) => DecisionLine.Request(memory, one.Beginning, one.Connection, one.Request, one.Now),
            subject))
        {
            Ask();
        }
    }

    /// <summary>Writes what waits, and ends the thread. Nothing is added any more.</summary>
    public void End()
    {
        lock (gate)
        {
            isEnding = true;
            Monitor.PulseAll(gate);
        }

        thread.Join();
        failedAt = 0;
        Write();
        if (isFull && unsaid > 0)
        {
            Put([], 0);
        }
    }

    /// <summary>Writes what waits.</summary>
    public void Write()
    {
        lock (writing)
        {
            foreach (var page in pages)
            {
                var (bytes, lines, dropped) = page.Take();
                Lose(dropped);
                if (lines > 0)
                {
                    PutWithin(bytes.Span, lines);
                }
            }
        }
    }

    private void Ask()
    {
        lock (gate)
        {
            isAsked = true;
            Monitor.Pulse(gate);
        }
    }

    private void Run()
    {
        while (true)
        {
            lock (gate)
            {
                while (!isAsked && !isEnding)
                {
                    Monitor.Wait(gate);
                }

                if (isEnding)
                {
                    return;
                }

                isAsked = false;
            }

            Write();
            lock (gate)
            {
                if (!isEnding)
                {
                    Monitor.Wait(gate, PauseMilliseconds);
                }
            }
        }
    }

    /// <summary>Writes the lines for which there is room.</summary>
    private void PutWithin(ReadOnlySpan<byte> bytes, int lines)
    {
        if (isFull)
        {
            Lose(lines);
            return;
        }

        if (size + bytes.Length <= (most ?? long.MaxValue))
        {
            size += bytes.Length;
            Put(bytes, lines);
            return;
        }

        var fitting = bytes[..(bytes[..(int)(most!.Value - size)].LastIndexOf((byte)'\n') + 1)];
        var kept = fitting.Count((byte)'\n');
        if (kept > 0)
        {
            Put(fitting, kept);
        }

        isFull = true;
        isFullUnsaid = true;
        Put([], 0);
        Lose(lines - kept);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever somebody's stream throws, here it would end the program.")]
    private void Put(ReadOnlySpan<byte> bytes, int lines)
    {
        if (failedAt != 0 && time.GetElapsedTime(failedAt) < TimeSpan.FromSeconds(RetrySeconds))
        {
            Lose(lines);
            return;
        }

        try
        {
            if (Failure is not null)
            {
                // A part of a line may stand there.
                stream.Write("\n"u8);
            }

            if (!hasHead)
            {
                Say("seed", seed);
                hasHead = true;
            }

            if (unsaid > 0)
            {
                Say("lost", unsaid);
                unsaid = 0;
            }

            stream.Write(bytes);
            if (isFullUnsaid)
            {
                Say("full", most!.Value);
                isFullUnsaid = false;
            }

            stream.Flush();
            (Failure, failedAt) = (null, 0);
            Volatile.Write(ref written, written + lines);
        }
        catch (Exception failure)
        {
            var isNew = Failure is null;
            (Failure, failedAt) = (failure, Math.Max(1, time.GetTimestamp()));
            Lose(lines);
            if (isNew)
            {
                failed?.Invoke(failure);
            }
        }
    }

    private void Say(string name, long number) =>
        stream.Write(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{{\"{name}\":{number},\"seen\":{{\"at\":\"{Now:O}\"}}}}\n")));

    private void Lose(long lines)
    {
        Volatile.Write(ref lost, lost + lines);
        unsaid += lines;
    }

    private ref struct RequestSubject
    {
        public byte[] Beginning;
        public long Connection;
        public RequestReceipt Request;
        public DateTime Now;
    }
}
