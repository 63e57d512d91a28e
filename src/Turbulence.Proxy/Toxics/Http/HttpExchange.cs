namespace Turbulence.Proxy.Toxics.Http;

/// <summary>A request whose answer has not come yet.</summary>
/// <param name="Decision">The number that it alone has, of all that the toxic decides about.</param>
/// <param name="Effect">What the toxic does to it; null for nothing.</param>
internal readonly record struct HttpExchange(ulong Decision, HttpEffect? Effect)
{
    /// <summary>Whether the answer has no body, whatever its head says.</summary>
    public bool IsHead { get; init; }

    /// <summary>Whether it asks for a tunnel.</summary>
    public bool IsConnect { get; init; }

    /// <summary>Whether it asks for another protocol.</summary>
    public bool IsUpgrade { get; init; }

    /// <summary>Whether the upstream never hears of it.</summary>
    public bool IsSwallowed { get; init; }

    /// <summary>Whether all of it has come, so that it can be answered here.</summary>
    public bool IsRead { get; init; }

    /// <summary>Whether the connection ends with its answer, where that is made here.</summary>
    public bool IsLast { get; init; }
}
