using Spectre.Console.Rendering;
using Turbulence.Cli.Lines;
using Turbulence.Events;

namespace Turbulence.Cli.Terminal.Live;

/// <summary>
/// The rows of the continuous checks that were not met: a miss that is like the one before it is counted, and not shown again.
/// </summary>
internal sealed class Misses
{
    private string last = "";
    private int same;

    /// <summary>The rows of one check.</summary>
    public IEnumerable<IRenderable> Of(HypothesisRun run, Glyphs glyphs)
    {
        var text = string.Join('\n', Missed(run).Select(probe => $"{probe.Activity.Name} {probe.End} {ToleranceText.Of(probe)}"));
        if (text.Length > 0 && text == last)
        {
            same++;
            return [];
        }

        List<IRenderable> rows = [.. End(glyphs), .. Rows(run, glyphs)];
        last = text;
        return rows;
    }

    /// <summary>The row that says how often the last miss came again; none where it did not.</summary>
    public IEnumerable<IRenderable> End(Glyphs glyphs)
    {
        IReadOnlyList<IRenderable> rows = same == 0
            ? []
            : [new Row(4, glyphs.Note, Look.Quiet).Text(same == 1 ? "the same once more" : $"the same {same} more times", Look.Quiet)];
        (same, last) = (0, "");
        return rows;
    }

    /// <summary>The rows of each probe that was missed.</summary>
    public static IEnumerable<IRenderable> Rows(HypothesisRun run, Glyphs glyphs) =>
        Missed(run).SelectMany(probe => ActivityRows.Of(probe, glyphs));

    private static IEnumerable<ActivityRun> Missed(HypothesisRun run) =>
        run.Met ? [] : run.Probes.Where(probe => probe.ToleranceMet != true);
}
