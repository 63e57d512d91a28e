namespace Turbulence.Faults.Contracts;

/// <summary>What came of planning: a plan, or why there is none.</summary>
public readonly record struct FaultPlanning
{
    private FaultPlanning(FaultPlan? plan, string? problem)
    {
        Plan = plan;
        Problem = problem;
    }

    /// <summary>The plan; null where there is a problem.</summary>
    public FaultPlan? Plan { get; }

    /// <summary>Why there is none, in one line; null where there is one.</summary>
    public string? Problem { get; }

    /// <summary>There is a plan.</summary>
    public static FaultPlanning Of(FaultPlan plan) => new(plan, null);

    /// <summary>There is none.</summary>
    /// <param name="problem">Why, in one line.</param>
    public static FaultPlanning Refused(string problem) => new(null, problem);
}
