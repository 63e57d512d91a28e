using System.Globalization;
using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;
using Turbulence.Reports.Texts;

namespace Turbulence.Reports.Pages;

/// <summary>
/// Several runs beside each other: a row for each, how their figures went from one to the next, and each run's own page below.
/// </summary>
internal sealed class ManyRuns(HtmlText html, IReadOnlyList<ReportedRun> runs, IReadOnlyList<JournalReading> unread)
{
    private const int Height = 90;

    /// <summary>Writes it.</summary>
    public void Write()
    {
        html.Open("header", ("class", "verdict many")).Open("div", ("class", "say"))
            .Element("h1", $"{Wording.Count(runs.Count, "run", "runs")} of chaos experiments")
            .Element("p", string.Join(", ", runs.GroupBy(static run => VerdictText.Of(run).Word)
                .Select(static group => $"{group.Count()} {group.Key}")), ("class", "sentence"))
            .Close("div").Close("header").Open("main").Open("div", ("class", "page"));
        foreach (var journal in unread)
        {
            html.Element("p", $"The journal {journal.File} cannot be read: {journal.Problem}", ("class", "trouble"));
        }

        Table();
        Trends();
        html.Close("div");
        for (var number = 0; number < runs.Count; number++)
        {
            html.Open("section", ("class", "run"), ("id", Key(number)));
            new RunPage(html, runs[number], $"{Key(number)}-").Write();
            html.Close("section");
        }

        html.Close("main");
    }

    private static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"run-{number + 1}");

    private void Table()
    {
        html.Open("div", ("class", "table"), ("tabindex", "0"), ("role", "group"), ("aria-label", "The runs")).Open("table").Open("thead")
            .Open("tr");
        foreach (var column in (string[])["run", "verdict", "began", "took", "lost", "p99", "longest failover"])
        {
            html.Element("th", column, ("scope", "col"));
        }

        html.Close("tr").Close("thead").Open("tbody");
        for (var number = 0; number < runs.Count; number++)
        {
            var run = runs[number];
            var verdict = VerdictText.Of(run);
            var load = run.Loads is [var first, ..] ? first : null;
            html.Open("tr").Open("th", ("scope", "row"))
                .Element("a", run.Title.Length > 0 ? run.Title : run.File, ("href", "#" + Key(number))).Close("th")
                .Element("td", $"{verdict.Sign} {verdict.Word}", ("class", $"tone {verdict.Tone}"))
                .Element("td", run.Started is { } started ? Wording.Date(started) : "–")
                .Element("td", run.Duration is { } duration ? Wording.Seconds(duration) : "–", ("class", "figure"))
                .Element("td", load is null ? "–" : $"{Wording.Count(load.Lost)} of {Wording.Count(load.Intended)}", ("class", "figure"))
                .Element("td", FigureText.Time(load?.Latency?.P99), ("class", "figure"))
                .Element("td", FigureText.Time(Failover(run)), ("class", "figure"))
                .Close("tr");
        }

        html.Close("tbody").Close("table").Close("div");
    }

    private void Trends()
    {
        if (runs.Count < 2)
        {
            return;
        }

        html.Element("h2", "From one run to the next", ("id", "trends")).Open("div", ("class", "trends"));
        Trend("requests lost, of a hundred", static run => run.Loads is [{ Intended: > 0 } load, ..] ? 100.0 * load.Lost / load.Intended
            : null, static value => string.Create(CultureInfo.InvariantCulture, $"{value:0.##} %"));
        Trend("p99", static run => run.Loads is [{ Latency.P99: { } p99 }, ..] ? p99 : null, static value => FigureText.Time(value));
        Trend("longest failover", Failover, static value => FigureText.Time(value));
        Trend("the run took", static run => 1000 * run.Duration, static value => FigureText.Time(value));
        html.Close("div");
    }

    private static double? Failover(ReportedRun run) => run.Loads.SelectMany(static load => load.Faults)
        .Max(static cost => cost.FailoverMilliseconds);

    private void Trend(string name, Func<ReportedRun, double?> figure, Func<double, string> text)
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
                var height = Math.Max(1, value / most * (Height - 6));
                html.Open("rect", ("class", $"trend {VerdictText.Of(runs[number]).Tone}"),
                    ("x", HtmlText.Number((number * wide) + (wide * 0.1)) + "%"),
                        ("width", HtmlText.Number(wide * 0.8) + "%"), ("y", HtmlText.Number(Height - height)),
                            ("height", HtmlText.Number(height)))
                    .Element("title", $"{runs[number].Title}, {(runs[number].Started is { } started ? Wording.Date(started) : "")}: {text(value)}")
                    .Close("rect");
            }
        }

        html.Close("svg").Close("figure");
    }
}
