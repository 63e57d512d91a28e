using Turbulence.Events;

namespace Turbulence.Telemetry.Conventions;

/// <summary>The values of attributes: the words of the journal.</summary>
internal static class Words
{
    /// <summary>A value of an enumeration, in small letters.</summary>
    public static string Of(Enum value) => value.ToString().ToLowerInvariant();

    /// <summary>What went wrong with an activity, in one line; null where it is as it should be.</summary>
    public static string? ProblemOf(ActivityRun run) => run switch
    {
        { Dry: true } => null,
        { ToleranceMet: false } => run.Message ?? run.Tolerance?.Describe() ?? "outside its tolerance",
        { Word: "succeeded" } => null,
        _ => run.Message ?? run.Word,
    };

    /// <summary>What went wrong with a fault, in one line; null where nothing did.</summary>
    public static string? ProblemOf(FaultReport fault) => fault switch
    {
        { Problem: { } problem } => problem,
        { Lost: { } lost } => $"its effect was lost: {lost}",
        { State: not (FaultState.Planned or FaultState.Injecting), Effect.Seen: false } => $"without effect: {fault.Effect.Text}",
        { IsOutstanding: true, IsIrreversible: false } => "not seen to be taken back",
        _ => null,
    };
}
