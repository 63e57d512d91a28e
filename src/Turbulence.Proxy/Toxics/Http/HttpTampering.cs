using Turbulence.Proxy.Decisions;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>What is done to the content of the body that is going by.</summary>
internal struct HttpTampering
{
    private Way way;
    private StageRandom random;
    private long left;

    private enum Way
    {
        Nothing,
        Drop,
        Garble,
        Cut,
    }

    /// <summary>The body is dropped.</summary>
    public static HttpTampering Drop => new() { way = Way.Drop };

    /// <summary>Whether the body is dropped.</summary>
    public readonly bool IsDrop => way == Way.Drop;

    /// <summary>Whether its bytes are turned into others.</summary>
    public readonly bool IsGarble => way == Way.Garble;

    /// <summary>Whether the connection ends now.</summary>
    public readonly bool IsOver => way == Way.Cut && left == 0;

    /// <summary>Turns the bytes of the body into others.</summary>
    public static HttpTampering Garble(StageRandom random) => new() { way = Way.Garble, random = random };

    /// <summary>Lets the connection end after so many bytes of the body.</summary>
    public static HttpTampering Cut(long after) => new() { way = Way.Cut, left = after };

    /// <summary>Does it to the next bytes.</summary>
    /// <returns>How many of them pass before <see cref="IsOver"/>.</returns>
    public int Apply(Span<byte> bytes)
    {
        if (way == Way.Garble)
        {
            foreach (ref var place in bytes)
            {
                place = (byte)(random.Next() >> 56);
            }
        }

        if (way != Way.Cut)
        {
            return bytes.Length;
        }

        var passing = (int)Math.Min(left, bytes.Length);
        left -= passing;
        return passing;
    }
}
