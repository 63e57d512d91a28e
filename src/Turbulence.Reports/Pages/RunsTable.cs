using Turbulence.Reports.Texts;

namespace Turbulence.Reports.Pages;

/// <summary>A row for each of several runs.</summary>
internal static class RunsTable
{
    private static readonly string[] Columns = ["run", "verdict", "began", "took", "lost", "p99", "longest failover"];

    /// <summary>Writes it.</summary>
    /// <param name="html">What is written to.</param>
    /// <param name="runs">The runs, each with what it is called here and where it is shown.</param>
    public static void Write(HtmlText html, IEnumerable<(RunSummary Run, string Name, string Link)> runs)
    {
        html.Open("div", ("class", "table"), ("tabindex", "0"), ("role", "group"), ("aria-label", "The runs")).Open("table").Open("thead")
            .Open("tr");
        foreach (var column in Columns)
        {
            html.Element("th", column, ("scope", "col"));
        }

        html.Close("tr").Close("thead").Open("tbody");
        foreach (var (run, name, link) in runs)
        {
            html.Open("tr").Open("th", ("scope", "row")).Element("a", name, ("href", link)).Close("th")
                .Element("td", $"{run.Verdict.Sign} {run.Verdict.Word}", ("class", $"tone {run.Verdict.Tone}"))
                .Element("td", run.Started is { } started ? Wording.Date(started) : "–")
                .Element("td", run.Duration is { } duration ? Wording.Seconds(duration) : "–", ("class", "figure"))
                .Element("td", run.Lost is { } lost ? $"{Wording.Count(lost)} of {Wording.Count(run.Intended)}" : "–", ("class", "figure"))
                .Element("td", FigureText.Time(run.P99), ("class", "figure"))
                .Element("td", FigureText.Time(run.Failover), ("class", "figure"))
                .Close("tr");
        }

        html.Close("tbody").Close("table").Close("div");
    }
}
