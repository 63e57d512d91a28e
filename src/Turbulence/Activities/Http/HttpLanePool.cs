using System.Collections.Concurrent;
using System.Net;

namespace Turbulence.Activities.Http;

/// <summary>
/// Lanes that wait for the next probe of the same server. Made with the first http activity; nothing of the kind exists before.
/// </summary>
internal sealed class HttpLanePool(IWebProxy? proxy) : IDisposable
{
    /// <summary>
    /// How old a connection may be and still serve another probe. A server that takes no new connections any more goes on
    /// answering on the old ones, and a probe is asked what its users find now: so it may be late by this much, and no more.
    /// </summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMilliseconds(250);

    private const int MostIdle = 64;

    private readonly ConcurrentDictionary<(string Origin, ServerTrust Trust), ConcurrentStack<HttpLane>> idle = new();
    private readonly LoopbackBypass bypass = new(proxy ?? HttpClient.DefaultProxy);
    private int count;
    private bool closed;

    /// <summary>A lane to <paramref name="url"/>, nobody else's until it is given back or disposed.</summary>
    /// <param name="order">Tells whom to trust.</param>
    /// <param name="url">The server.</param>
    /// <param name="fresh">True for one that has no connection yet.</param>
    /// <param name="time">Tells how old a connection is.</param>
    public HttpLane Rent(HttpOrder order, Uri url, bool fresh, TimeProvider time)
    {
        while (!fresh && idle.TryGetValue(Key(order, url), out var lanes) && lanes.TryPop(out var lane))
        {
            Interlocked.Decrement(ref count);
            if (time.GetElapsedTime(lane.Opened) < Lifetime)
            {
                return lane;
            }

            lane.Dispose();
        }

        return new HttpLane(order.Trust, order.Authorities, bypass) { Opened = time.GetTimestamp() };
    }

    /// <summary>Takes back a lane whose last answer was read to its end.</summary>
    public void Return(HttpLane lane, HttpOrder order, Uri url)
    {
        if (Volatile.Read(ref closed) || Interlocked.Increment(ref count) > MostIdle)
        {
            Interlocked.Decrement(ref count);
            lane.Dispose();
            return;
        }

        idle.GetOrAdd(Key(order, url), static _ => new()).Push(lane);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Write(ref closed, true);
        foreach (var lanes in idle.Values)
        {
            while (lanes.TryPop(out var lane))
            {
                lane.Dispose();
            }
        }
    }

    private static (string Origin, ServerTrust Trust) Key(HttpOrder order, Uri url) =>
        (url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped), order.Trust);
}
