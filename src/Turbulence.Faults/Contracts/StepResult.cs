namespace Turbulence.Faults.Contracts;

/// <summary>What came of injecting or reverting.</summary>
/// <param name="Problem">Why it did not work, in one line; null where it did.</param>
public readonly record struct StepResult(string? Problem)
{
    /// <summary>It worked.</summary>
    public static StepResult Done => default;

    /// <summary>Whether it worked.</summary>
    public bool IsDone => Problem is null;

    /// <summary>It did not work.</summary>
    /// <param name="problem">Why, in one line. It is read within a sentence, so the full stop of what the system said is left out.</param>
    public static StepResult Failed(string problem) => new(problem.TrimEnd('.', ' '));
}
