namespace Turbulence.Platform.Http;

/// <summary>How the end of a message's body is known.</summary>
internal enum HttpBodyKind
{
    /// <summary>It has none.</summary>
    None,

    /// <summary>By its length.</summary>
    Length,

    /// <summary>By its last chunk.</summary>
    Chunked,

    /// <summary>By the connection's end.</summary>
    UntilEnd,
}
