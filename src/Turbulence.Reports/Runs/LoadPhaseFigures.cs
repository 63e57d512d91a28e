namespace Turbulence.Reports.Runs;

/// <summary>What became of the requests of one phase of a load.</summary>
/// <param name="Requests">How many there were.</param>
/// <param name="Lost">How many were lost.</param>
/// <param name="Outcomes">How many ended in each outcome.</param>
/// <param name="P50Milliseconds">Half of those that were answered took no longer; null where none was.</param>
/// <param name="P99Milliseconds">99 % of them took no longer.</param>
/// <param name="LongestMilliseconds">The longest of them.</param>
public sealed record LoadPhaseFigures(
    long Requests,
    long Lost,
    IReadOnlyList<OutcomeCount> Outcomes,
    double? P50Milliseconds,
    double? P99Milliseconds,
    double? LongestMilliseconds);
