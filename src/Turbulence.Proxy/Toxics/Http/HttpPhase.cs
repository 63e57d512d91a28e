namespace Turbulence.Proxy.Toxics.Http;

/// <summary>How far a connection is understood.</summary>
internal enum HttpPhase
{
    /// <summary>No request was seen yet that began.</summary>
    Searching,

    /// <summary>Requests and answers.</summary>
    Messages,

    /// <summary>Bytes that are not looked at.</summary>
    Bytes,

    /// <summary>Bytes that are dropped.</summary>
    Ended,
}
