using System.Globalization;
using Microsoft.AspNetCore.Http;
using Turbulence.Live.Feeds;
using Turbulence.Live.Serving;

namespace Turbulence.Live;

/// <summary>The page of a run that goes on, its events, its halt, and its report when it is over.</summary>
/// <param name="feed">What the run tells.</param>
/// <param name="halt">Asks the run to stop, and says whether that could be done; null where the run cannot be reached.</param>
/// <param name="time">The clock.</param>
internal sealed class RunSite(RunFeed feed, Func<bool>? halt, TimeProvider time) : IPageSite
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource served = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ReadOnlyMemory<byte>? report;
    private int watching;
    private int owed;

    /// <inheritdoc/>
    public async Task<bool> GetAsync(string path, HttpResponse response, HttpRequest request, CancellationToken aborted)
    {
        switch (path)
        {
            case "":
                return await PageResource.SendAsync(response, "text/html", "live.html");
            case "live.css":
                return await PageResource.SendAsync(response, "text/css", "page.css", "live.css");
            case "marks.js" or "lanes.js" or "live.js":
                return await PageResource.SendAsync(response, "text/javascript", path);
            case "events":
                await WatchAsync(response, request, aborted);
                return true;
            case "report" when report is { } page:
                await ReportAnswer.SendAsync(response, page, aborted);
                Count(ref owed, -1);
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public int Post(string path) => path != "halt" ? StatusCodes.Status404NotFound
        : report is null && halt?.Invoke() == true ? StatusCodes.Status202Accepted
        : StatusCodes.Status409Conflict;

    /// <summary>The run is over: everybody who watches is given its report.</summary>
    /// <param name="page">The report, in HTML.</param>
    /// <param name="patience">How long browsers may take to fetch it.</param>
    public async Task EndAsync(ReadOnlyMemory<byte> page, TimeSpan patience)
    {
        report = page;
        feed.End();
        Count(ref watching, 0);
        try
        {
            await served.Task.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            // A browser that reads no more; it has the verdict.
        }
    }

    private async Task WatchAsync(HttpResponse response, HttpRequest request, CancellationToken aborted)
    {
        Count(ref watching, 1);
        try
        {
            // Where a connection breaks, the browser asks for what comes after the last that it got.
            _ = long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var from);
            await new FeedStream(feed, time).SendAsync(from, response, halt is not null, aborted);
            Count(ref owed, 1);
        }
        finally
        {
            Count(ref watching, -1);
        }
    }

    private void Count(ref int counter, int more)
    {
        lock (gate)
        {
            counter += more;
            if (report is not null && watching == 0 && owed <= 0)
            {
                served.TrySetResult();
            }
        }
    }
}
