namespace Turbulence.Tolerances;

/// <summary>What came of holding a probe's output against its tolerance.</summary>
/// <param name="Met">Whether the output is within the tolerance. A tolerance that could not be evaluated is not met.</param>
/// <param name="Rule">What was looked at, in a few words: <c>status of the response</c>, <c>stdout of the process</c>.</param>
/// <param name="Expected">
/// What the tolerance asks for: a value as JSON text, or words such as <c>1 to 10</c>; shortened where it is long.
/// </param>
/// <param name="Actual">What came, as JSON text, shortened where it is long.</param>
/// <param name="Explanation">
/// Why the tolerance could not be evaluated, in one line; null when it could. Where it is set the reference runner crashes
/// (or, in the default mode, a placeholder has no value): the probe counts as failed, not as outside its tolerance.
/// </param>
public sealed record ToleranceOutcome(bool Met, string Rule, string Expected, string Actual, string? Explanation = null)
{
    /// <summary>
    /// Why nobody knows whether the output is within the tolerance, in one line; null where it is known. It is not met then, and proves
    /// nothing.
    /// </summary>
    public string? Unproven { get; init; }

    /// <summary>One line for people: <c>status of the response: expected 200, got 503</c>.</summary>
    public string Describe() => Explanation is null
        ? $"{Rule}: expected {Expected}, got {Actual}"
        : $"{Rule}: expected {Expected}, got {Actual}, but that could not be checked: {Explanation}";

    /// <summary>A value was held against its tolerance.</summary>
    internal static ToleranceOutcome Judged(bool met, Measured measured, string expected) =>
        new(met, measured.Name, ShortJson.Cut(expected, measured.Mask), ShortJson.Of(measured.Value, measured.Mask));

    /// <summary>A value could not be held against its tolerance.</summary>
    internal static ToleranceOutcome Unknown(Measured measured, string expected, string explanation) =>
        new(false, measured.Name, ShortJson.Cut(expected, measured.Mask), ShortJson.Of(measured.Value, measured.Mask), explanation);
}
