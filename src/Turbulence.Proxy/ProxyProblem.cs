namespace Turbulence.Proxy;

/// <summary>Why a proxy or a toxic could not be made, changed or found.</summary>
public enum ProxyProblem
{
    /// <summary>A name is missing.</summary>
    MissingName,

    /// <summary>An address to listen on, or of the upstream, is missing or none.</summary>
    InvalidAddress,

    /// <summary>The address cannot be listened on: it is in use, belongs to another machine, or is not allowed.</summary>
    CannotListen,

    /// <summary>There is a proxy of that name.</summary>
    ProxyExists,

    /// <summary>There is no proxy of that name.</summary>
    ProxyNotFound,

    /// <summary>There is a toxic of that name on the proxy.</summary>
    ToxicExists,

    /// <summary>There is no toxic of that name on the proxy.</summary>
    ToxicNotFound,

    /// <summary>No kind of toxic has that wire name.</summary>
    InvalidToxicType,

    /// <summary>An attribute is unknown, or out of its range; or the toxicity or a time to live is.</summary>
    InvalidToxic,
}
