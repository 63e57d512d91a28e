using System.Globalization;
using Turbulence.Reports.Texts;

namespace Turbulence.Reports.Pages;

/// <summary>How the figures of several runs went from one to the next.</summary>
/// <param name="html">What is written to.</param>
/// <param name="runs">The runs, in their order.</param>
internal sealed class RunTrends(HtmlText html, IReadOnlyList<RunSummary> runs)
{
    private const int Height = 90;

    /// <summary>Whether there is anything to be seen: a figure of two runs.</summary>
    public bool HasAny => runs.Count > 1;

    /// <summary>Writes them.</summary>
    public void Write()
    {
        html.Open("div", ("class", "trends"));
        Trend("requests lost, of a hundred", static run => run is { Lost: { } lost, Intended: > 0 } ? 100.0 * lost / run.Intended : null,
            static value => string.Create(CultureInfo.InvariantCulture, $"{value:0.##} %"));
        Trend("p99", static run => run.P99, static value => FigureText.Time(value));
        Trend("longest failover", static run => run.Failover, static value => FigureText.Time(value));
        Trend("the run took", static run => 1000 * run.Duration, static value => FigureText.Time(value));
        html.Close("div");
    }

    private void Trend(string name, Func<RunSummary, double?> figure, Func<double, string> text)
    {
        var values = runs.Select(figure).ToList();
        if (values.Count(static value => value is not null) < 2)
        {
            return;
        }

        var most = Math.Max(1e-9, values.Max() ?? 0);
        html.Open("figure").Element("figcaption", $"{name}, up to {text(most)}")
            .Open("svg", ("width", "100%"), ("height", HtmlText.Number(Height)), ("role", "img"),
                ("aria-label", $"{name}: {string.Join(", ", values.Select(value => value is { } known ? text(known) : "unknown"))}"));
        var wide = 100.0 / values.Count;
        for (var number = 0; number < values.Count; number++)
        {
            if (values[number] is { } value)
            {
                var run = runs[number];
                var height = Math.Max(1, value / most * (Height - 6));
                html.Open("rect", ("class", $"trend {run.Verdict.Tone}"),
                    ("x", HtmlText.Number((number * wide) + (wide * 0.1)) + "%"),
                        ("width", HtmlText.Number(wide * 0.8) + "%"), ("y", HtmlText.Number(Height - height)),
                            ("height", HtmlText.Number(height)))
                    .Element("title", $"{run.Title}, {(run.Started is { } started ? Wording.Date(started) : "")}: {text(value)}")
                    .Close("rect");
            }
        }

        html.Close("svg").Close("figure");
    }
}
