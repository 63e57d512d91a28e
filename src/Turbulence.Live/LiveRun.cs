using Turbulence.Events;
using Turbulence.Live.Feeds;
using Turbulence.Live.Serving;
using Turbulence.Reports;
using Turbulence.Reports.Formats;

namespace Turbulence.Live;

/// <summary>A run in a browser while it happens. What it costs the run is a line of text for each event, whoever watches.</summary>
internal sealed class LiveRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly RunSite site;
    private readonly PageServer server;

    private LiveRun(RunFeed feed, RunSite site, PageServer server)
    {
        Feed = feed;
        this.site = site;
        this.server = server;
        Listener = new RunListener(feed);
    }

    /// <summary>What is shown.</summary>
    public RunFeed Feed { get; }

    /// <summary>Shows a run of this process.</summary>
    public IRunObserver Listener { get; }

    /// <summary>What is opened in a browser.</summary>
    public Uri Address => server.Address;

    /// <summary>Opens the page.</summary>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="halt">Asks the run to stop, and says whether that could be done; null where the run cannot be reached.</param>
    /// <exception cref="IOException">It cannot listen there.</exception>
    public static async Task<LiveRun> StartAsync(int port, TimeProvider time, Func<bool>? halt)
    {
        var feed = new RunFeed(time);
        var site = new RunSite(feed, halt, time);
        return new LiveRun(feed, site, await PageServer.StartAsync(site, port));
    }

    /// <summary>The run is over: who watches is given its report, for which it waits some seconds at most.</summary>
    /// <param name="report">The report.</param>
    public async Task EndAsync(Report report)
    {
        using var page = new MemoryStream();
        ReportFormats.Named("html")!.Write(report, page);
        await site.EndAsync(page.GetBuffer().AsMemory(0, (int)page.Length), Patience);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server.DisposeAsync();
}
