namespace Turbulence.Faults.SystemCalls;

/// <summary>
/// Counts what <c>strace</c> prints, a line for each call, and keeps none of it:
/// <code>
///   4711 connect(0x3, 0x7f0c, 0x10)  = -1 ECONNREFUSED (Connection refused) (INJECTED)
///   4712 fsync(0x5 &lt;unfinished ...&gt;
///   4712 &lt;... fsync resumed&gt;)          = 0 (DELAYED)
/// </code>
/// </summary>
internal sealed class CallOutput
{
    private const ulong Injected = 0x494E_4A45_4354_4544; // INJECTED
    private const ulong Delayed = 0x2844_454C_4159_4544; // (DELAYED

    private bool isAtStart = true;
    private bool isMarked;
    private ulong last;

    /// <summary>How many calls were begun, those included that have not returned yet.</summary>
    public long Begun { get; private set; }

    /// <summary>How many have returned that were hit.</summary>
    public long Marked { get; private set; }

    /// <summary>Takes what was printed next, wherever it breaks off.</summary>
    public void Take(ReadOnlySpan<byte> printed)
    {
        foreach (var unit in printed)
        {
            if (unit == '\n')
            {
                Marked += isMarked ? 1 : 0;
                (isAtStart, isMarked, last) = (true, false, 0);
                continue;
            }

            if (isAtStart && unit is not ((>= (byte)'0' and <= (byte)'9') or (byte)' '))
            {
                isAtStart = false;
                Begun += unit is (>= (byte)'a' and <= (byte)'z') or (byte)'_' ? 1 : 0;
            }

            last = (last << 8) | unit;
            isMarked |= last is Injected or Delayed;
        }
    }
}
