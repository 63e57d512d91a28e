namespace Turbulence.Tolerances.Loads;

/// <summary>What came of holding one figure of a load against its limit.</summary>
/// <param name="Figure">The figure: <c>p99</c>, <c>failover_ms at fault cn9u7d</c>.</param>
/// <param name="Limit">What it may be: <c>at most 50.0 ms</c>.</param>
/// <param name="Measured">What it is: <c>71.0 ms</c>; where that is not known, why: <c>of 20 requests; that takes 100</c>.</param>
/// <param name="Met">Whether it is within its limit; null where nobody knows, which is no pass.</param>
internal sealed record LoadFinding(string Figure, string Limit, string Measured, bool? Met)
{
    /// <summary>
    /// For people: <c>p99 71.0 ms, at most 50.0 ms</c>; <c>p99, at most 50.0 ms, is not known: there were 20 requests, and it takes
    /// 100</c>.
    /// </summary>
    public string Text => Met is null ? $"{Figure}, {Limit}, is not known: {Measured}" : $"{Figure} {Measured}, {Limit}";

    public static LoadFinding Unknown(string figure, string limit, string why) => new(figure, limit, why, null);
}
