namespace Turbulence.Reports.Runs;

/// <summary>When a fault came to each step first, in seconds from the start of the run; null for what did not come.</summary>
/// <param name="Planned">Its undo was written down.</param>
/// <param name="Injecting">From here on it may exist.</param>
/// <param name="Active">It was in, whether or not somebody had seen its effect by then.</param>
/// <param name="Effective">Somebody has seen its effect.</param>
/// <param name="Lost">Somebody has seen that its effect was gone too early.</param>
/// <param name="Reverting">It began to be taken back.</param>
/// <param name="Reverted">It was taken back.</param>
/// <param name="Confirmed">It was seen that everything is as it was.</param>
public readonly record struct FaultTimes(
    double? Planned,
    double? Injecting,
    double? Active,
    double? Effective,
    double? Lost,
    double? Reverting,
    double? Reverted,
    double? Confirmed);
