namespace Turbulence.Runs.Planning;

/// <summary>One stage of the experiment.</summary>
/// <param name="Key">Its name for programs.</param>
/// <param name="Title">Its name for people, and when it is played.</param>
/// <param name="Activities">Its activities, in their order.</param>
public sealed record PlannedStage(string Key, string Title, IReadOnlyList<PlannedActivity> Activities);
