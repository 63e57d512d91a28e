namespace Turbulence.Proxy.Decisions;

/// <summary>The chance of one stage of one connection (SplitMix64), which a seed repeats.</summary>
/// <param name="seed">Where it begins.</param>
internal struct StageRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>The next number, of 64 bits.</summary>
    public ulong Next()
    {
        state += 0x9e3779b97f4a7c15;
        var value = state;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }

    /// <summary>The next number from 0 to below 1.</summary>
    public double NextShare() => (Next() >> 11) * (1.0 / (1ul << 53));

    /// <summary>The next whole number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public long NextBetween(long least, long most) => least + (long)(NextShare() * (most - least + 1));
}
