namespace Turbulence.Faults.Network;

/// <summary>What came of asking the API of proxies.</summary>
internal enum ApiOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>The API says that there is no such proxy, or no such toxic.</summary>
    Absent,

    /// <summary>The API says why it does not do it.</summary>
    Refused,

    /// <summary>Nobody listens there.</summary>
    NoOne,

    /// <summary>
    /// Nothing can be known from it: no answer, half of one, one that is none of this API. What was asked for may have been done.
    /// </summary>
    Unclear,
}
