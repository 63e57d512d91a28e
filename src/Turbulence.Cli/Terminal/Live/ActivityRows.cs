using Turbulence.Cli.Lines;
using Turbulence.Events;
using Turbulence.Experiments;

namespace Turbulence.Cli.Terminal.Live;

/// <summary>The rows that stay of an activity that ended.</summary>
internal static class ActivityRows
{
    /// <summary>What an activity is called in a row.</summary>
    public static string Title(ActivityRun run) =>
        $"{(run.Activity.Type == ActivityType.Action ? "action" : "probe")} {run.Activity.Name}";

    /// <summary>One row, and a second one that says what went wrong.</summary>
    public static IEnumerable<Row> Of(ActivityRun run, Glyphs glyphs)
    {
        var bad = run.End is ActivityEnd.Failed or ActivityEnd.Crashed or ActivityEnd.WithoutEffect or ActivityEnd.Inconclusive
            || run.ToleranceMet == false;
        var (sign, style) = run switch
        {
            { Dry: true } => (glyphs.Dash, Look.Quiet),
            _ when bad => (glyphs.Missed, Look.Bad),
            { End: null } => (glyphs.Alert, Look.Watch),
            _ => (glyphs.Done, Look.Good),
        };
        var row = new Row(2, sign, style).Text(Title(run));
        if (run.Duration is { } duration)
        {
            row.Text($"  {DurationText.Of(duration)}", Look.Quiet);
        }

        yield return run switch
        {
            { Dry: true } => row.Text("  left out (dry)", Look.Quiet),
            { End: null } => row.Text("  interrupted", Look.Watch),
            _ => row,
        };
        if (bad)
        {
            var why = run.Tolerance is not null ? ToleranceText.Of(run)
                : run.End == ActivityEnd.Inconclusive ? $"proves nothing: {run.Message}"
                : run.End == ActivityEnd.WithoutEffect ? $"no effect: {run.Message}"
                : $"failed: {run.Message}";
            yield return new Row(4, "", Look.Bad).Text(why, Look.Bad);
        }
    }
}
