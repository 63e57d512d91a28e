namespace Turbulence.Services;

/// <summary>Finds proxies that would ask each other in a circle, as they are added. What is not known yet is left out of account.</summary>
internal sealed class ProxyCircles
{
    private readonly Dictionary<(bool IsUdp, int Port), List<Listener>> listeners = [];

    /// <summary>The address by which places of this machine's loopback are compared.</summary>
    public static string Plain(HostAndPort place) => IsName(place) ? "127.0.0.1" : place.Host.ToLowerInvariant();

    /// <summary>Adds one.</summary>
    /// <returns>The other proxies on the shortest way from it to itself; null where there is no such way. The last one of a circle closes
    /// it.</returns>
    public IReadOnlyList<ServiceProxy>? Add(ServiceProxy proxy)
    {
        if (!HostAndPort.TryRead(proxy.Listen, out var listen))
        {
            return null;
        }

        var added = new Listener(proxy, listen, HostAndPort.TryRead(proxy.Upstream, out var upstream) ? upstream : null);
        var circle = Circle(added);
        if (!listeners.TryGetValue((proxy.IsUdp, listen.Port), out var same))
        {
            listeners[(proxy.IsUdp, listen.Port)] = same = [];
        }

        same.Add(added);
        return circle;
    }

    private List<ServiceProxy>? Circle(Listener first)
    {
        Dictionary<Listener, Listener> askedBy = [];
        Queue<Listener> asking = new([first]);
        while (asking.TryDequeue(out var one))
        {
            if (one.Asks(first))
            {
                List<ServiceProxy> way = [];
                for (; one != first; one = askedBy[one])
                {
                    way.Add(one.Proxy);
                }

                way.Reverse();
                return way;
            }

            // A name may be that of several, and only one of them on the way.
            foreach (var other in Near(one).Where(one.Asks))
            {
                if (askedBy.TryAdd(other, one))
                {
                    asking.Enqueue(other);
                }
            }
        }

        return null;
    }

    private List<Listener> Near(Listener one) =>
        one.Upstream is { } upstream && listeners.TryGetValue((one.Proxy.IsUdp, upstream.Port), out var same) ? same : [];

    // The name is that of either address; either address is none of the other.
    private static bool IsName(HostAndPort place) => place.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    private sealed class Listener(ServiceProxy proxy, HostAndPort listen, HostAndPort? upstream)
    {
        public ServiceProxy Proxy => proxy;

        public HostAndPort? Upstream => upstream;

        private HostAndPort Listen => listen;

        public bool Asks(Listener other) => Upstream is { } asked && Proxy.IsUdp == other.Proxy.IsUdp && asked.Port == other.Listen.Port
            && (Plain(asked) == Plain(other.Listen)
                || (asked.IsLoopback && other.Listen.Host is "0.0.0.0" or "::")
                || (other.Listen.Host == "::1" && IsName(asked)));
    }
}
