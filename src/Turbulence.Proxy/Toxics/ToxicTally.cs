using Turbulence.Proxy.Decisions;
using Turbulence.Proxy.Toxics.Http;

namespace Turbulence.Proxy.Toxics;

/// <summary>
/// What a toxic did. Each loop has numbers of its own that nobody else writes, so that nothing is locked; who reads adds them up.
/// </summary>
/// <param name="loops">How many loops there are.</param>
internal sealed class ToxicTally(int loops)
{
    // A cache line each.
    private const int Stride = 8;

    private long matches;

    private readonly long[] numbers = new long[loops * Stride];

    /// <summary>Requests that are the same.</summary>
    public OccurrenceCounts Occurrences { get; } = new();

    /// <summary>Some of the requests that were hit.</summary>
    public HitTraces Traces { get; } = new();

    /// <summary>Connections that were hit.</summary>
    public long Connections => Sum(0);

    /// <summary>Bytes that were held, changed or dropped.</summary>
    public long Bytes => Sum(1);

    /// <summary>Requests that were hit.</summary>
    public long Requests => Sum(2);

    /// <summary>Ends and resets that were held back, swallowed or made.</summary>
    public long Ends => Sum(3);

    /// <summary>Connections on which it could do nothing.</summary>
    public long Foreign => Sum(4);

    /// <summary>One connection more; called on the loop.</summary>
    public void AddConnection(int loop) => Add(loop, 0, 1);

    /// <summary>More bytes; called on the loop.</summary>
    public void AddBytes(int loop, long bytes) => Add(loop, 1, bytes);

    /// <summary>One request more; called on the loop.</summary>
    public void AddRequest(int loop) => Add(loop, 2, 1);

    /// <summary>One end more; called on the loop.</summary>
    public void AddEnd(int loop) => Add(loop, 3, 1);

    /// <summary>One connection more on which it can do nothing; called on the loop.</summary>
    public void AddForeign(int loop) => Add(loop, 4, 1);

    /// <summary>The number of a request among those of all connections that it is for, from 1; on any loop.</summary>
    public long NextMatch() => Interlocked.Increment(ref matches);

    private void Add(int loop, int number, long more)
    {
        ref var place = ref numbers[(loop * Stride) + number];
        Volatile.Write(ref place, place + more);
    }

    private long Sum(int number)
    {
        long sum = 0;
        for (var i = number; i < numbers.Length; i += Stride)
        {
            sum += Volatile.Read(ref numbers[i]);
        }

        return sum;
    }
}
