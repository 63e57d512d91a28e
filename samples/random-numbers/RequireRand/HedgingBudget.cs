namespace RandomNumbers.RequireRand;

/// <summary>
/// What second requests may still be sent: each request pays in a share of one, and no more than the burst is kept. Without it hedging
/// would double the load of servers that are slow because they have too much of it. It starts full, and knows no time: what it allows
/// depends on the requests alone.
/// </summary>
/// <param name="share">What a request pays in, from 0 to 1.</param>
/// <param name="burst">The most that is kept, 0 or more.</param>
internal sealed class HedgingBudget(double share, int burst)
{
    private const int One = 1000;

    private readonly int share = (int)(share * One);
    private readonly int burst = burst * One;
    private int kept = burst * One;

    /// <summary>Pays in for one request.</summary>
    public void Earn()
    {
        // Several that find it nearly full may each add their share: a little more than the burst does no harm.
        if (Volatile.Read(ref kept) < burst)
        {
            Interlocked.Add(ref kept, share);
        }
    }

    /// <summary>Takes what a second request costs; false where there is not enough.</summary>
    public bool TrySpend()
    {
        if (Interlocked.Add(ref kept, -One) >= 0)
        {
            return true;
        }

        Interlocked.Add(ref kept, One);
        return false;
    }
}
