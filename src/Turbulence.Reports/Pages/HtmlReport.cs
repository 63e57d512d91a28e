using System.Reflection;
using System.Text;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Pages;

/// <summary>
/// A page that shows one run, or several beside each other: one file of HTML with all that it needs in it, which asks no network for
/// anything. Without scripts it shows the same; with them it is zoomed and read off.
/// </summary>
internal static class HtmlReport
{
    // The signs of the picture: a shape for each meaning, so that the colour is not needed.
    private const string Signs = """
        <svg class="signs" width="0" height="0" aria-hidden="true"><defs>
        <g id="met"><circle r="6"/><path d="M-3 0l2 2.5 4-4.5"/></g>
        <g id="done"><circle r="4"/></g>
        <g id="missed"><rect x="-5" y="-5" width="10" height="10" transform="rotate(45)"/><path d="M-2.5-2.5l5 5m0-5l-5 5"/></g>
        <g id="broken"><rect x="-6" y="-6" width="12" height="12" rx="2"/><path d="M0-3.5v4m0 2v1"/></g>
        <g id="notice"><path class="solid" d="M0-6l6 11h-12z"/><path d="M0-2v4m0 1.5v.5"/></g>
        <g id="lost"><path d="M-2.2-2.2l4.4 4.4m0-4.4l-4.4 4.4"/></g>
        </defs></svg>
        """;

    /// <summary>Writes the page.</summary>
    /// <param name="runs">The runs, in the order in which they are shown.</param>
    /// <returns>The page, in UTF-8.</returns>
    public static byte[] Write(IReadOnlyList<ReportedRun> runs)
    {
        var html = new HtmlText();
        html.Constant("<!DOCTYPE html>\n").Open("html", ("lang", "en")).Open("head")
            .Constant("<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            .Constant("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';style-src 'unsafe-inline';script-src 'unsafe-inline';img-src data:\">")
            .Constant("<meta name=\"color-scheme\" content=\"light dark\">")
            .Element("title", Title(runs))
            .Constant("<style>").Constant(Resource("page.css")).Constant("</style>")
            .Close("head").Open("body").Constant(Signs);
        if (runs is [var only])
        {
            new RunPage(html, only, "").Write();
        }
        else
        {
            new ManyRuns(html, runs).Write();
        }

        html.Constant("<script>").Constant(Resource("page.js")).Constant("</script>").Close("body").Close("html").Constant("\n");
        return Encoding.UTF8.GetBytes(html.ToString());
    }

    private static string Title(IReadOnlyList<ReportedRun> runs) => runs is [var run]
        ? $"{VerdictText.Of(run).Word}: {run.Title}"
        : $"{Wording.Count(runs.Count, "run", "runs")} of chaos experiments";

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The library was built without {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
