namespace Turbulence.Proxy;

/// <summary>What is to be changed of a proxy; what is null stays.</summary>
public sealed record ProxyChange
{
    /// <summary>Where it listens from now on. Another address closes its connections.</summary>
    public string? Listen { get; init; }

    /// <summary>Whom it asks from now on. Another one closes its connections.</summary>
    public string? Upstream { get; init; }

    /// <summary>Whether it listens. One that does not has no connections.</summary>
    public bool? IsEnabled { get; init; }

    /// <summary>Its time to live from now on; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for ever.</summary>
    public TimeSpan? Ttl { get; init; }
}
