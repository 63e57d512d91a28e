using System.Globalization;
using Turbulence.Reports.Reading;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Pages;

/// <summary>
/// Several runs beside each other: a row for each, how their figures went from one to the next, and each run's own page below.
/// </summary>
internal sealed class ManyRuns(HtmlText html, IReadOnlyList<ReportedRun> runs, IReadOnlyList<JournalReading> unread)
{
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

        var summaries = runs.Select(RunSummary.Of).ToList();
        RunsTable.Write(html, summaries.Select(static (run, number) => (run, run.Title, "#" + Key(number))));
        var trends = new RunTrends(html, summaries);
        if (trends.HasAny)
        {
            html.Element("h2", "From one run to the next", ("id", "trends"));
            trends.Write();
        }

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
}
