using System.Text;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>
/// The first of the requests that a toxic hits, by the trace that each belongs to. On any loop; what is no trace, and what comes once it is
/// full, costs nothing.
/// </summary>
internal sealed class HitTraces
{
    /// <summary>How many are kept.</summary>
    public const int Most = 32;

    // 00-, 32 digits, a dash, 16 digits, a dash, and two digits (W3C Trace Context, 3.2.2).
    private const int Length = 55;

    private readonly Lock gate = new();
    private byte[]? kept;
    private int count;

    /// <summary>Those that are kept, in the order in which they were hit.</summary>
    public IReadOnlyList<string> All
    {
        get
        {
            lock (gate)
            {
                return kept is null ? [] : [.. Enumerable.Range(0, count).Select(i => Encoding.ASCII.GetString(kept, i * Length, Length))];
            }
        }
    }

    /// <summary>A request is hit.</summary>
    /// <param name="trace">Its <c>traceparent</c>; empty for none.</param>
    public void Add(ReadOnlySpan<byte> trace)
    {
        if (trace.Length != Length || Volatile.Read(ref count) == Most || !IsTrace(trace))
        {
            return;
        }

        lock (gate)
        {
            if (count < Most)
            {
                trace.CopyTo((kept ??= new byte[Most * Length]).AsSpan(count * Length));
                count++;
            }
        }
    }

    private static bool IsTrace(ReadOnlySpan<byte> trace)
    {
        for (var i = 0; i < trace.Length; i++)
        {
            if (i is 2 or 35 or 52 ? trace[i] != '-' : !char.IsAsciiHexDigitLower((char)trace[i]))
            {
                return false;
            }
        }

        return true;
    }
}
