using Turbulence.Faults;
using Turbulence.Faults.Contracts;

namespace Turbulence.Runs.Planning;

/// <summary>What a fault of the experiment would do, as things are now.</summary>
/// <param name="Declaration">What is asked for; null where that cannot be read.</param>
/// <param name="Plan">What would be hit, and the undo; null where there is no plan.</param>
/// <param name="Problem">Why there is none, in one line.</param>
/// <param name="IsOpen">Whether there may be one once the run has started its services: then the problem is no refusal.</param>
public sealed record PlannedFault(FaultDeclaration? Declaration, FaultPlan? Plan, string? Problem, bool IsOpen)
{
    /// <summary>What its kind does and how it takes it back, in general; null where there is no such kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Whether the run would fail here.</summary>
    public bool IsRefused => Plan is null && !IsOpen;
}
