namespace Turbulence.Reports.Comparisons;

/// <summary>Something that is otherwise in one run than in another.</summary>
/// <param name="What">What: <c>verdict</c>, <c>after: probe users-are-served</c>.</param>
/// <param name="Base">How it was; null where it was not there.</param>
/// <param name="Head">How it is; null where it is not there any more.</param>
/// <param name="Why">What was said of it in the later run, in one line; null for nothing.</param>
public sealed record RunDifference(string What, string? Base, string? Head, string? Why);
