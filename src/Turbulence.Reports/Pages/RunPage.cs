using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Pages;

/// <summary>All that is shown of one run: the verdict first, then the picture, then the tables that it was drawn from.</summary>
/// <param name="html">What is written to.</param>
/// <param name="run">The run.</param>
/// <param name="key">Tells its anchors from those of other runs on the page; empty for the only one.</param>
internal sealed class RunPage(HtmlText html, ReportedRun run, string key)
{
    /// <summary>As many rows as anybody reads; the journal has them all.</summary>
    public const int MostRows = 200;

    /// <summary>Writes it.</summary>
    public void Write()
    {
        new VerdictHeader(html, run, key).Write();

        // The only run of a page is what the page is about.
        var body = key.Length == 0 ? "main" : "div";
        html.Open(body, ("class", "page"));
        new KeyFigures(html, run).Write();
        new RunPicture(html, run, key).Write();
        foreach (var load in run.Loads)
        {
            new UsersSection(html, run, key).Write(load);
        }

        new FaultsSection(html, run, key).Write();
        new ReceiptsSection(html, run, key).Write();
        new SpanMapSection(html, run, key).Write();
        new ActivitiesSection(html, run, key).Write();
        new NotesSection(html, run, key).Write();
        new FactsSection(html, run, key).Write();
        html.Close(body);
    }

    /// <summary>Begins a part of a run.</summary>
    public static void Heading(HtmlText html, string text, string anchor) => html.Element("h2", text, ("id", anchor));

    /// <summary>Says how much is left out of what is shown.</summary>
    public static void More(HtmlText html, int count)
    {
        if (count > MostRows)
        {
            html.Element("p", $"{Wording.Count(count - MostRows)} more stand in the journal.", ("class", "remark"));
        }
    }
}
