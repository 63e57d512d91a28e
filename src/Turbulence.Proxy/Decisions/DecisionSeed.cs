using System.Text;

namespace Turbulence.Proxy.Decisions;

/// <summary>
/// Which connections and requests a toxic hits, from a hash: FNV-1a over seed, proxy, toxic and number, then the finisher of SplitMix64.
/// What another toxic does, and who comes first, changes nothing.
/// </summary>
internal readonly struct DecisionSeed
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private readonly ulong state;

    /// <summary>The decisions of one toxic.</summary>
    public DecisionSeed(long seed, string proxy, string toxic)
    {
        state = Add(Add(Add(Offset, (ulong)seed), proxy), toxic);
    }

    /// <summary>A hash of other things, one after the other.</summary>
    public DecisionSeed(long seed) => state = Add(Offset, (ulong)seed);

    private DecisionSeed(ulong state) => this.state = state;

    /// <summary>The same, and these bytes.</summary>
    public DecisionSeed With(ReadOnlySpan<byte> bytes) => new(Add(state, bytes));

    /// <summary>A number that this connection alone has.</summary>
    public ulong Of(long connection) => Finish(Add(state, (ulong)connection));

    /// <summary>A number that this one of those that are the same alone has.</summary>
    public ulong Of(long identity, long occurrence) => Finish(Add(Add(state, (ulong)identity), (ulong)occurrence));

    /// <summary>Whether a number is among this share of all.</summary>
    public static bool Hits(ulong number, double share) => (number >> 11) * (1.0 / (1ul << 53)) < share;

    private static ulong Add(ulong hash, ulong value)
    {
        for (var i = 0; i < 8; i++)
        {
            hash = (hash ^ (value & 0xff)) * Prime;
            value >>= 8;
        }

        return hash;
    }

    private static ulong Add(ulong hash, string text) => Add(hash, Encoding.UTF8.GetBytes(text));

    private static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var piece in bytes)
        {
            hash = (hash ^ piece) * Prime;
        }

        // So that "a" and "bc" are not "ab" and "c".
        return (hash ^ 0xff) * Prime;
    }

    private static ulong Finish(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
