using Microsoft.AspNetCore.Http;
using Turbulence.Live.Serving;
using Turbulence.Reports;
using Turbulence.Reports.Formats;
using Turbulence.Reports.Pages;
using Turbulence.Reports.Reading;

namespace Turbulence.Live.Histories;

/// <summary>The runs of a folder, and the report of each. Nothing can be done here but look.</summary>
/// <param name="runs">The folder.</param>
/// <param name="version">The version of the program.</param>
internal sealed class HistorySite(RunFolder runs, string version) : IPageSite
{
    private const string RunPath = "run/";

    /// <inheritdoc/>
    public async Task<bool> GetAsync(string path, HttpResponse response, HttpRequest request, CancellationToken aborted)
    {
        switch (path)
        {
            case "":
                using (var page = new MemoryStream())
                {
                    var html = new HtmlText();
                    new HistoryPage(html, runs.Read(), runs.Folder).Write();
                    html.CopyTo(page);
                    response.ContentType = "text/html; charset=utf-8";
                    await response.Body.WriteAsync(page.GetBuffer().AsMemory(0, (int)page.Length), aborted);
                }

                return true;
            case "page.css":
                return await PageResource.SendAsync(response, "text/css", path);
            case var run when run.StartsWith(RunPath, StringComparison.Ordinal):
                return await ReportAsync(run[RunPath.Length..], response, aborted);
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public int Post(string path) => StatusCodes.Status404NotFound;

    // What is asked for is a name of the list, and no path.
    private async Task<bool> ReportAsync(string key, HttpResponse response, CancellationToken aborted)
    {
        if (runs.Read().Runs.FirstOrDefault(run => run.Key == key) is not { } run)
        {
            return false;
        }

        using var page = new MemoryStream();
        ReportFormats.Named("html")!.Write(new Report([JournalReader.Read(run.Path)]) { Version = version }, page);
        await ReportAnswer.SendAsync(response, page.GetBuffer().AsMemory(0, (int)page.Length), aborted);
        return true;
    }
}
