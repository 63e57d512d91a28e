using System.Collections.Frozen;

namespace Turbulence.Notifications;

/// <summary>The events that channels are told of, in the reference's words (section 10.3).</summary>
public static class EventNames
{
    /// <summary>An experiment is loaded and about to be validated.</summary>
    public const string RunStarted = "run-started";

    /// <summary>A run came to its end. Ours: with the verdict passed, and not otherwise.</summary>
    public const string RunCompleted = "run-completed";

    /// <summary>A run did not come to its end. Ours: every run that neither passed nor deviated.</summary>
    public const string RunFailed = "run-failed";

    /// <summary>A run found a weakness.</summary>
    public const string RunDeviated = "run-deviated";

    /// <summary>An experiment is loaded and about to be validated, nothing more.</summary>
    public const string ValidateStarted = "validate-started";

    /// <summary>The experiment is valid.</summary>
    public const string ValidateCompleted = "validate-completed";

    /// <summary>The experiment is not valid.</summary>
    public const string ValidateFailed = "validate-failed";

    /// <summary>Every event that a channel may ask for, those of commands that are yet to come included.</summary>
    public static FrozenSet<string> All { get; } = FrozenSet.Create(
        RunStarted, RunCompleted, RunFailed, RunDeviated, ValidateStarted, ValidateCompleted, ValidateFailed,
        "discovery-started", "discovery-completed", "discovery-failed", "init-started", "init-completed", "init-failed");
}
