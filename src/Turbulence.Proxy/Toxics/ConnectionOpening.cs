namespace Turbulence.Proxy.Toxics;

/// <summary>What becomes of a connection that a toxic hits when it opens.</summary>
internal enum ConnectionOpening
{
    /// <summary>The upstream is dialled.</summary>
    Dial,

    /// <summary>The client's connection stays, the upstream hears nothing of it.</summary>
    Hold,

    /// <summary>The client is refused.</summary>
    Refuse,
}
