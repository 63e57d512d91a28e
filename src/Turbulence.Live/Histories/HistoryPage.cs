using Turbulence.Reports.Pages;

namespace Turbulence.Live.Histories;

/// <summary>
/// The page of a folder of journals: for each experiment its runs, how its figures went, and what was found in which of them.
/// </summary>
/// <param name="html">What is written to.</param>
/// <param name="content">What stands in the folder.</param>
/// <param name="folder">The folder.</param>
internal sealed class HistoryPage(HtmlText html, RunFolderContent content, string folder)
{
    // So many runs fit beside each other in a picture.
    private const int MostInTrend = 60;

    /// <summary>Writes it.</summary>
    public void Write()
    {
        var experiments = content.Runs.GroupBy(static run => run.Summary.Title)
            .OrderBy(static group => group.Key, StringComparer.Ordinal).ToList();
        html.Constant("<!DOCTYPE html>\n").Open("html", ("lang", "en")).Open("head")
            .Constant("<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">")
            .Element("title", $"Runs in {Path.GetFileName(folder)}")
            .Constant("<link rel=\"stylesheet\" href=\"page.css\">").Close("head").Open("body")
            .Open("header", ("class", "verdict many")).Open("div", ("class", "say"))
            .Element("h1", $"{Wording.Count(content.Runs.Count, "run", "runs")} of {Wording.Count(experiments.Count, "experiment", "experiments")}")
            .Element("p", string.Join(", ", content.Runs.GroupBy(static run => run.Summary.Verdict.Word)
                .Select(static group => $"{group.Count()} {group.Key}")), ("class", "sentence"))
            .Element("p", folder, ("class", "when"))
            .Close("div").Close("header").Open("main", ("class", "page"));
        foreach (var experiment in experiments)
        {
            Experiment(experiment.Key, [.. experiment]);
        }

        Unread();
        html.Close("main").Close("body").Close("html").Constant("\n");
    }

    private void Experiment(string title, IReadOnlyList<HistoryRun> runs)
    {
        html.Open("section").Element("h2", title);
        var trends = new RunTrends(html, [.. runs.TakeLast(MostInTrend).Select(static run => run.Summary)]);
        if (trends.HasAny)
        {
            trends.Write();
        }

        Weaknesses(runs);
        RunsTable.Write(html, runs.Reverse().Select(static run => (run.Summary, run.Name, $"run/{run.Key}")));
        html.Close("section");
    }

    // A run that could not be carried out or proved nothing says nothing of what is no more.
    private void Weaknesses(IReadOnlyList<HistoryRun> all)
    {
        var runs = all.Where(static run => run.Weaknesses.Count > 0 || run.Summary.Verdict.Word is "passed" or "deviated").ToList();
        var found = runs.SelectMany(static (run, number) => run.Weaknesses.Select(weakness => (weakness, number)))
            .GroupBy(static one => one.weakness.Fingerprint)
            .OrderByDescending(static group => group.Max(static one => one.number)).ToList();
        if (found.Count == 0)
        {
            return;
        }

        html.Element("h3", "Weaknesses that were found");
        var table = new HtmlTable(html, "what", "where", "in", "state");
        foreach (var group in found)
        {
            var (weakness, last) = group.MaxBy(static one => one.number);
            var first = group.Min(static one => one.number);
            var state = last < runs.Count - 1 ? $"not in the last {Wording.Count(runs.Count - 1 - last, "run", "runs")} that passed or deviated"
                : first == runs.Count - 1 && runs.Count > 1 ? "new in the last run"
                : "still there";
            table.Row(weakness.What, weakness.Where, $"{Wording.Count(group.Count())} of {Wording.Count(runs.Count, "run", "runs")}", state);
        }

        table.End();
    }

    private void Unread()
    {
        if (content.LeftOut > 0)
        {
            html.Element("p", $"{Wording.Count(content.LeftOut)} older files were not looked at: these are the newest {Wording.Count(RunFolder.MostFiles)}.",
                ("class", "trouble"));
        }

        if (content.Runs.Count == 0)
        {
            html.Element("p", "There is no journal in this folder. 'chaos run --journal-path' writes one.");
        }

        if (content.Unread.Count == 0)
        {
            return;
        }

        html.Open("details").Element("summary", $"{Wording.Count(content.Unread.Count, "other file", "other files")} of JSON");
        var table = new HtmlTable(html, "file", "why it is not shown");
        foreach (var (name, problem) in content.Unread.Take(RunPage.MostRows))
        {
            table.Row(name, problem);
        }

        table.End();
        RunPage.More(html, content.Unread.Count);
        html.Close("details");
    }
}
