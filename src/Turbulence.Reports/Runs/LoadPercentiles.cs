namespace Turbulence.Reports.Runs;

/// <summary>How long requests took, in milliseconds; null for what the journal does not say.</summary>
/// <param name="P50">Half of them took no longer.</param>
/// <param name="P90">90 % took no longer.</param>
/// <param name="P99">99 % took no longer.</param>
/// <param name="P999">99.9 % took no longer.</param>
/// <param name="P9999">99.99 % took no longer.</param>
/// <param name="Longest">The longest.</param>
public sealed record LoadPercentiles(double? P50, double? P90, double? P99, double? P999, double? P9999, double? Longest);
