namespace Turbulence.Reports.Runs;

/// <summary>How a load went, as it was told on the way, in columns of one length.</summary>
/// <param name="At">When it was told, in seconds from the start of the run.</param>
/// <param name="Requests">How many requests had ended by then.</param>
/// <param name="Lost">How many of them were lost.</param>
/// <param name="P50Milliseconds">
/// Half of those that were answered since the last time took no longer; not a number where none was, and of an activity's load.
/// </param>
/// <param name="P99Milliseconds">99 % of them took no longer; not a number where none was, and of an activity's load.</param>
public sealed record LoadProgress(
    IReadOnlyList<double> At,
    IReadOnlyList<long> Requests,
    IReadOnlyList<long> Lost,
    IReadOnlyList<double> P50Milliseconds,
    IReadOnlyList<double> P99Milliseconds);
