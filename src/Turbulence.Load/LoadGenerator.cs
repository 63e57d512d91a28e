using System.Net;
using Turbulence.Load.Connections;
using Turbulence.Load.Driving;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;
using Turbulence.Platform.Loops;

namespace Turbulence.Load;

/// <summary>Sends a load once, and accounts for every request of it.</summary>
public sealed class LoadGenerator
{
    private readonly LoadPlan plan;
    private readonly TimeProvider time;
    private readonly ILoadSink? observer;
    private readonly RequestBytes[] requests;
    private readonly LoadTally tally;
    private readonly LossReasons reasons;
    private LoadDriver? driver;

    /// <summary>Prepares it; nothing is sent yet.</summary>
    /// <param name="plan">What is sent, and when.</param>
    /// <param name="time">The clock.</param>
    /// <param name="observer">Told of each request as it ends; null for nobody.</param>
    /// <exception cref="ArgumentException">The plan is none that can be carried out; the message says why, in one line.</exception>
    public LoadGenerator(LoadPlan plan, TimeProvider time, ILoadSink? observer = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(time);
        if (Problem(plan) is { } problem)
        {
            throw new ArgumentException(problem, nameof(plan));
        }

        this.plan = plan;
        this.time = time;
        this.observer = observer;
        requests = [.. plan.Requests.Select(static request => new RequestBytes(request))];
        Names = NamesOf(plan);
        tally = new LoadTally(Names, (long)plan.Timeout.TotalNanoseconds);
        reasons = new LossReasons(Names);
    }

    /// <summary>Why a plan cannot be carried out, in one line; null where it can.</summary>
    public static string? Problem(LoadPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Requests.Count == 0)
        {
            return "a load needs something to send";
        }

        foreach (var request in plan.Requests)
        {
            if (!request.Url.IsAbsoluteUri || (request.Url.Scheme != Uri.UriSchemeHttp && request.Url.Scheme != Uri.UriSchemeHttps))
            {
                return "a load needs an http or https URL";
            }

            if (RequestBytes.Problem(request) is { } problem)
            {
                return $"the request to {request.Url.Scheme}://{request.Url.Authority}{request.Url.AbsolutePath} {problem}";
            }

            if (!(request.Weight > 0) || !double.IsFinite(request.Weight))
            {
                return "the weight of a request must be more than 0";
            }
        }

        return plan.Timeout <= TimeSpan.Zero ? "the time limit must be more than 0"
            : !(plan.Connections.FreshShare is >= 0 and <= 1) ? "the share of fresh connections must be from 0 to 1"
            : plan.Connections.Most < 1 ? "there must be at least one connection"
            : plan.Transport is { IsHttp2: true } && plan.Connections.FreshShare > 0
                ? "over HTTP/2 all requests share connections, so there are no fresh ones"
            : plan.Transport.Proxy is { } proxy && (!proxy.IsAbsoluteUri || proxy.Scheme != Uri.UriSchemeHttp)
                ? "the proxy must be an http URL"
            : plan.Classes.FirstOrDefault(static one => OutcomeNames.IsTaken(one.Name)) is { } taken
                ? $"no class can be called '{taken.Name}', which is another outcome"
            : Twice(plan.Classes) is { } twice
                ? $"there are two classes '{twice}'"
            : null;
    }

    /// <summary>The names of the outcomes that a plan's requests may have.</summary>
    internal static OutcomeNames NamesOf(LoadPlan plan) => new([.. plan.Classes.Select(static one => one.Name)]);

    /// <summary>Now, in nanoseconds from the beginning of the load, as <see cref="LoadSample"/> has them; 0 before it.</summary>
    public long Now => (long)Elapsed.TotalNanoseconds;

    /// <summary>The names of its outcomes.</summary>
    public OutcomeNames Names { get; }

    /// <summary>What has become of the requests until now. Any thread may ask.</summary>
    public LoadResult Current => tally.Result(driver?.Intended ?? 0, Elapsed, driver?.Shortage) with { Reasons = reasons.ToList() };

    /// <summary>Sends it, and waits until each request has ended: at most the schedule's duration and the time limit.</summary>
    /// <param name="cancellationToken">Ends it at once; the requests that have not ended are cancelled, and told as such.</param>
    /// <param name="finish">Ends it before its time in good order: nothing more is sent, and what was sent is waited for.</param>
    /// <exception cref="IOException">There are no open files or no memory left for it.</exception>
    public async Task<LoadResult> RunAsync(CancellationToken cancellationToken, CancellationToken finish = default)
    {
        await Rehearsal.RunAsync(plan.Requests.Any(request => plan.Transport.NeedsHandler(request.Url)));
        var origins = await OriginsAsync(cancellationToken);
        await using var loop = new SocketLoop("load", time);
        loop.Start();
        var sinks = observer is null ? (ILoadSink)tally : new LoadSinks(tally, observer);
        var sending = driver = new LoadDriver(plan, requests, origins, loop, sinks, reasons);

        // Where it was ended before it began, names may not have been looked up: a request would be refused by nobody.
        await (cancellationToken.IsCancellationRequested ? Task.CompletedTask : loop.RunAsync(sending.Start));
        await using (finish.Register(() => loop.Post(sending.Finish)))
        await using (cancellationToken.Register(() => loop.Post(sending.Cancel)))
        {
            await sending.Done;
        }

        var result = Current;
        await loop.RunAsync(sending.CloseAll);
        return loop.Failure is { } failure ? throw new InvalidOperationException("the load has failed by itself", failure) : result;
    }

    private TimeSpan Elapsed => driver is { Begun: > 0 and var begun } ? time.GetElapsedTime(begun) : TimeSpan.Zero;

    // Names are looked up once, before the first request is due: how long that takes is no server's fault.
    private async Task<IReadOnlyList<LoadOrigin>> OriginsAsync(CancellationToken cancellationToken)
    {
        Dictionary<DnsEndPoint, LoadOrigin> known = [];
        List<LoadOrigin> all = [];
        foreach (var url in requests.Select(static request => request.Request.Url))
        {
            var place = LoadOrigin.PlaceOf(url);
            if (!known.TryGetValue(place, out var origin))
            {
                known[place] = origin = new LoadOrigin(url.DnsSafeHost, url.Port);
                try
                {
                    // Names are the proxy's to look up where there is one.
                    await (plan.Transport.Proxy is null ? origin.ResolveAsync(cancellationToken) : Task.CompletedTask);
                }
                catch (OperationCanceledException)
                {
                    // Nothing of it is sent any more.
                }
            }

            all.Add(origin);
        }

        return all;
    }

    private static string? Twice(IReadOnlyList<AnswerClass> classes) =>
        classes.GroupBy(static one => one.Name, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1)?.Key;
}
