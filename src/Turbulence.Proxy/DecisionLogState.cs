namespace Turbulence.Proxy;

/// <summary>How the log of decisions does.</summary>
/// <param name="Written">How many were written.</param>
/// <param name="Lost">How many could not be written.</param>
/// <param name="Failure">Why it could not be written the last time; null where it could.</param>
public sealed record DecisionLogState(long Written, long Lost, Exception? Failure);
