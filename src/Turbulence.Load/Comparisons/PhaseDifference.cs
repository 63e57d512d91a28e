namespace Turbulence.Load.Comparisons;

/// <summary>What a figure of the time in or after a fault is more than before it.</summary>
/// <param name="Figure">Which: <c>error_rate</c>, <c>p50</c>, <c>p90</c> or <c>p99</c>.</param>
/// <param name="Difference">How much more: a part of all requests, or milliseconds; not a number where there is too little data.</param>
/// <param name="Low">
/// What it is at least, with 95 % of confidence together with <paramref name="High"/>: where 0 is between them, there may be no difference.
/// </param>
/// <param name="High">What it is at most.</param>
/// <param name="TooLittle">Why nothing can be said: there is too little data; null where there is enough.</param>
public sealed record PhaseDifference(string Figure, double Difference, double Low, double High, string? TooLittle);
