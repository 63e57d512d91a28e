namespace Turbulence.Reports.Runs;

/// <summary>The requests of a load in equal parts of its time, in columns of one length.</summary>
/// <param name="PartMilliseconds">How long a part is.</param>
/// <param name="Begin">When the first part begins, in seconds from the beginning of the load.</param>
/// <param name="Requests">How many there were in each part.</param>
/// <param name="Lost">How many of them were lost.</param>
/// <param name="LongestMilliseconds">How long the slowest took; 0 for a part without requests.</param>
public sealed record LoadParts(
    double PartMilliseconds,
    double Begin,
    IReadOnlyList<long> Requests,
    IReadOnlyList<long> Lost,
    IReadOnlyList<double> LongestMilliseconds);
