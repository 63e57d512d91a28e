using System.Reflection;
using System.Text;
using Turbulence.Reports.Pages;
using Turbulence.Reports.Texts;

namespace Turbulence.Reports.Formats;

/// <summary>
/// A page that shows one run, or several beside each other: one file of HTML with all that it needs in it, which asks no network for
/// anything. Without scripts it shows the same; with them it is zoomed and read off.
/// </summary>
internal sealed class HtmlReport : IReportFormat
{
    // Whatever is on the page, nothing is fetched and nothing is sent.
    private const string Head = """
        <meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none';style-src 'unsafe-inline';script-src 'unsafe-inline'">
        """;

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

    /// <inheritdoc/>
    public string Name => "html";

    /// <inheritdoc/>
    public string Extension => ".html";

    /// <inheritdoc/>
    public void Write(Report report, Stream target)
    {
        var html = new HtmlText();
        html.Constant("<!DOCTYPE html>\n").Open("html", ("lang", "en")).Open("head").Constant(Head).Element("title", Title(report))
            .Constant("<style>").Constant(Resource("page.css")).Constant("</style>")
            .Close("head").Open("body").Constant(Signs);
        if (report.Journals is [{ Run: { } only }])
        {
            new RunPage(html, only, "").Write();
        }
        else
        {
            new ManyRuns(html, [.. report.Runs], [.. report.Unread]).Write();
        }

        html.Constant("<script>").Constant(Resource("page.js")).Constant("</script>").Close("body").Close("html").Constant("\n");
        html.CopyTo(target);
    }

    private static string Title(Report report) => report.Journals is [{ Run: { } run }]
        ? $"{VerdictText.Of(run).Word}: {run.Title}"
        : $"{FigureText.Count(report.Journals.Count)} runs of chaos experiments";

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The library was built without {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
