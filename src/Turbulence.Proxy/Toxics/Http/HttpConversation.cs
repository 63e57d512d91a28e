namespace Turbulence.Proxy.Toxics.Http;

/// <summary>
/// What both directions of a connection know together: how far it is understood, and which requests wait for their answers, the oldest
/// first.
/// <code>
///   Searching ─ a request begins ─▶ Messages ─▶ Bytes    another protocol, a tunnel, or what could mean two things: nothing is looked at any more
///                                      └──────▶ Ended    the toxic has ended it: whatever comes is dropped until the client has gone
/// </code>
/// </summary>
internal sealed class HttpConversation
{
    private HttpExchange[] ring = new HttpExchange[4];
    private int first;

    /// <summary>How far the connection is understood.</summary>
    public HttpPhase Phase { get; set; } = HttpPhase.Searching;

    /// <summary>Which way the last bytes went; null as long as none did.</summary>
    public ToxicStream? Last { get; set; }

    /// <summary>Whether no bytes had gone by before the toxic was there.</summary>
    public bool IsNew { get; set; }

    /// <summary>How many requests began.</summary>
    public long Requests { get; set; }

    /// <summary>How many of them the toxic was for.</summary>
    public long Matches { get; set; }

    /// <summary>Whether one was hit.</summary>
    public bool IsHit { get; set; }

    /// <summary>
    /// Whether the last request asks for another protocol or a tunnel: what comes behind it is a message only if it is not granted.
    /// </summary>
    public bool AwaitsSwitch { get; set; }

    /// <summary>Whether the client is left without an answer.</summary>
    public bool IsHanging { get; set; }

    /// <summary>How many requests wait for their answers.</summary>
    public int Count { get; private set; }

    /// <summary>The one that waits longest.</summary>
    public ref readonly HttpExchange First => ref ring[first];

    /// <summary>Whether one of those that wait is answered here.</summary>
    public bool HasSwallowed
    {
        get
        {
            for (var i = 0; i < Count; i++)
            {
                if (ring[(first + i) & (ring.Length - 1)].IsSwallowed)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>A request has begun.</summary>
    public void Add(in HttpExchange exchange)
    {
        if (Count == ring.Length)
        {
            var larger = new HttpExchange[ring.Length * 2];
            for (var i = 0; i < Count; i++)
            {
                larger[i] = ring[(first + i) & (ring.Length - 1)];
            }

            (ring, first) = (larger, 0);
        }

        ring[(first + Count) & (ring.Length - 1)] = exchange;
        Count++;
    }

    /// <summary>All of the last request has come.</summary>
    public void EndLast()
    {
        ref var last = ref ring[(first + Count - 1) & (ring.Length - 1)];
        last = last with { IsRead = true };
    }

    /// <summary>Takes the one that waits longest.</summary>
    public HttpExchange Take()
    {
        var exchange = ring[first];
        ring[first] = default;
        first = (first + 1) & (ring.Length - 1);
        Count--;
        return exchange;
    }
}
