using Turbulence.Events;

namespace Turbulence.Cli.Terminal.Live;

/// <summary>The rows that stay of the steps of a fault; what is on its way has a row among the running works.</summary>
internal static class FaultRows
{
    /// <summary>One row for what was seen, or for what went wrong.</summary>
    public static IEnumerable<Row> Of(FaultChanged changed, Glyphs glyphs)
    {
        var fault = changed.Fault;
        var (sign, look, text) = fault switch
        {
            { Problem: { } problem } => (glyphs.Missed, Look.Bad, problem),
            { State: FaultState.Active, Lost: { } lost } => (glyphs.Alert, Look.Watch, $"is not in effect any more: {lost}"),
            { State: FaultState.Active, Effect: { Seen: true, Text: var seen } } => (glyphs.Note, Look.Quiet, $"is in: {seen}"),
            { State: FaultState.Active, Effect: { Seen: false, Text: var seen } } => (glyphs.Alert, Look.Watch, $"had no effect: {seen}"),
            { State: FaultState.Confirmed, IsIrreversible: true } => (glyphs.Alert, Look.Watch, "stays: it cannot be taken back"),
            { State: FaultState.Confirmed } =>
                (glyphs.Done, Look.Good, $"is taken back: {fault.Confirmation?.Text ?? "everything is as it was"}"),
            { State: FaultState.Reverted, Confirmation: { Seen: false, Text: var seen } } =>
                (glyphs.Missed, Look.Bad, $"is not confirmed as taken back: {seen}"),
            _ => ("", Look.Quiet, ""),
        };
        if (text.Length > 0)
        {
            yield return new Row(2, sign, look).Text($"fault {fault.Id} {fault.Kind}").Text($"  {text}", look);
        }
    }
}
