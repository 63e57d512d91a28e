using Turbulence.Experiments;

namespace Turbulence.Runs.Planning;

/// <summary>What a run would do, as things are now.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Title">Its title, with the values put in and without secrets.</param>
/// <param name="Services">Its services.</param>
/// <param name="Stages">Its stages, in their order.</param>
public sealed record PlannedRun(
    Experiment Experiment, string Title, IReadOnlyList<PlannedService> Services, IReadOnlyList<PlannedStage> Stages)
{
    /// <summary>What its users would send all the time, in a few words and without secrets; null where it has none.</summary>
    public string? Users { get; init; }

    /// <summary>The changes that would be refused.</summary>
    public int Refused => Stages.SelectMany(stage => stage.Activities).Count(activity => activity.Change is { IsRefused: true });
}
