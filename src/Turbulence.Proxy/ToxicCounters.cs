namespace Turbulence.Proxy;

/// <summary>What a toxic did since it was added: the proof of its effect.</summary>
/// <param name="Connections">Connections that it hit.</param>
/// <param name="Requests">Requests that it hit, where its kind tells requests apart.</param>
/// <param name="Bytes">Bytes that it held back, changed or dropped; for <c>noop</c>, that passed.</param>
/// <param name="Ends">Ends and resets of connections that it held back, swallowed or made.</param>
public readonly record struct ToxicCounters(long Connections, long Requests, long Bytes, long Ends)
{
    /// <summary>
    /// Connections on which it could do nothing, since they do not speak what its kind is about: for those of HTTP/1.1, TLS, HTTP/2, or
    /// lengths that contradict each other.
    /// </summary>
    public long Foreign { get; init; }
}
