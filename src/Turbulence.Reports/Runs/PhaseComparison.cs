namespace Turbulence.Reports.Runs;

/// <summary>By how much a figure of one phase differs from that of another, with 95 % of confidence.</summary>
/// <param name="Figure"><c>error_rate</c>, as a part of 1; or <c>p50</c>, <c>p90</c>, <c>p99</c>, in milliseconds.</param>
/// <param name="Difference">By how much; null where there is too little data.</param>
/// <param name="Low">It is no less than that.</param>
/// <param name="High">It is no more than that.</param>
/// <param name="TooLittle">Why there is too little data; null where there is enough.</param>
public sealed record PhaseComparison(string Figure, double? Difference, double? Low, double? High, string? TooLittle);
