using System.Globalization;
using Turbulence.Events;

namespace Turbulence.Cli.Lines;

/// <summary>What is said of the faults of a run.</summary>
internal static class FaultLines
{
    /// <summary>The line of one step; none where nothing new is to be said.</summary>
    public static IEnumerable<Line> Of(FaultChanged changed)
    {
        var fault = changed.Fault;
        var name = $"Fault {fault.Id} ({fault.Kind})";
        if (fault.Problem is { } problem)
        {
            return [Line.Error($"{name}: {problem}")];
        }

        return fault switch
        {
            { State: FaultState.Planned } => [Line.Info($"{name} is going to hit {Targets(fault)}; undo: {fault.Undo}")],
            { State: FaultState.Active, Lost: { } lost } => [Line.Warning($"{name} is not in effect any more: {lost}")],
            { State: FaultState.Active, Effect: { Seen: true, Text: var seen } } =>
                [Line.Info($"{name} is in{DueText.Of(fault.Due, changed.At)}: {seen}")],
            { State: FaultState.Active, Effect: { Seen: false, Text: var seen } } => [Line.Warning($"{name} had no effect: {seen}")],
            { State: FaultState.Confirmed, IsIrreversible: true } =>
                [Line.Warning($"{name} stays, as the experiment allows: it cannot be taken back")],
            { State: FaultState.Confirmed } =>
                [Line.Info($"{name} is taken back: {fault.Confirmation?.Text ?? "everything is as it was"}")],
            { Confirmation: { Seen: false, Text: var seen } } => [Line.Error($"{name} was taken back, but that is not confirmed: {seen}")],
            _ => [Line.Debug($"{name}: {fault.State.ToString().ToLower(CultureInfo.InvariantCulture)}")],
        };
    }

    /// <summary>What became of a fault, for the end of the run.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="wasInterrupted">Whether the run was: then nobody may have looked once more before it was taken back.</param>
    public static string Summary(FaultReport fault, bool wasInterrupted)
    {
        var effect = fault switch
        {
            { Lost: { } lost, Effect: { Seen: true, Text: var seen } } => $"not in effect to its end: {lost}; seen before that: {seen}",
            { Effect: { Seen: true, Text: var seen } } => wasInterrupted ? $"seen last: {seen}" : seen,
            { Effect: { Text: var seen } } => $"no effect: {seen}",
            _ => "its effect was not looked at",
        };
        var undo = fault switch
        {
            { State: FaultState.Planned } => "nothing was touched",
            { IsOutstanding: true } => "NOT CONFIRMED AS TAKEN BACK",
            { IsIrreversible: true } => "not taken back, as the experiment allows",
            _ => $"taken back: {fault.Confirmation?.Text ?? "everything is as it was"}",
        };
        return $"fault {fault.Id} ({fault.Kind}, '{fault.Activity}') on {Targets(fault)}: {effect}; {undo}";
    }

    private static string Targets(FaultReport fault) => string.Join(", ", fault.Targets);
}
