namespace Turbulence.Faults.Contracts;

/// <summary>What was seen of something that kinds need.</summary>
/// <param name="IsThere">Whether it is there.</param>
/// <param name="Text">What was seen, in one line; where it is not there, why and what to do.</param>
public readonly record struct NeedSight(bool IsThere, string Text)
{
    /// <summary>It is there.</summary>
    /// <param name="text">What was seen.</param>
    public static NeedSight There(string text) => new(true, text);

    /// <summary>It is not there.</summary>
    /// <param name="problem">Why, and what to do.</param>
    public static NeedSight Missing(string problem) => new(false, problem);

    /// <summary>It is there unless there is a problem.</summary>
    /// <param name="problem">Why it is not there, and what to do; null where it is.</param>
    /// <param name="text">What was seen where it is there.</param>
    public static NeedSight Of(string? problem, string text) => problem is null ? There(text) : Missing(problem);
}
