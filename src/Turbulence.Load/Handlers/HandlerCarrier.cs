using System.Net;
using Turbulence.Activities.Http;
using Turbulence.Load.Connections;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;
using Turbulence.Platform.Loops;

namespace Turbulence.Load.Handlers;

/// <summary>
/// Carries requests over the framework's HTTP client: with TLS, HTTP/2 and proxies. Each is handed to a thread of the pool when it is due,
/// and its end is handed back to the loop, where everything is accounted for as it is of bare sockets.
/// <code>
///   Carry ─┬ room ─▶ client ─┬ answered, refused, reset ─▶ told
///          └ none ─▶ queue   └ given up: timed out, or never sent where no thread was free
/// </code>
/// </summary>
internal sealed class HandlerCarrier : IExchangeCarrier
{
    // The request that a connection was begun for is given up before it.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(50);

    private readonly LoadPlan plan;
    private readonly SocketLoop loop;
    private readonly Random random;
    private readonly IExchangeOwner owner;
    private readonly AnswerJudge judge;
    private readonly HttpMessageInvoker kept;
    private readonly HttpMessageInvoker fresh;
    private readonly Queue<LoadExchange> queue = new();
    private readonly Dictionary<LoadExchange, HandledRequest> going = [];

    /// <summary>Makes one without any connection.</summary>
    /// <param name="plan">How connections are used, and what answers are.</param>
    /// <param name="dial">Connects.</param>
    /// <param name="loop">Where everything is told.</param>
    /// <param name="random">Where traces come from.</param>
    /// <param name="owner">Told of the end of each request.</param>
    public HandlerCarrier(LoadPlan plan, HandlerDial dial, SocketLoop loop, Random random, IExchangeOwner owner)
    {
        this.plan = plan;
        this.loop = loop;
        this.random = random;
        this.owner = owner;
        judge = new AnswerJudge(plan.Classes);
        kept = new HttpMessageInvoker(Handler(dial));
        fresh = new HttpMessageInvoker(Handler(dial));
    }

    /// <inheritdoc/>
    public void Carry(LoadExchange exchange)
    {
        if (queue.Count > 0 || going.Count >= plan.Connections.Most)
        {
            queue.Enqueue(exchange);
        }
        else
        {
            Begin(exchange);
        }
    }

    /// <inheritdoc/>
    public RequestOutcome GiveUp(LoadExchange exchange)
    {
        if (!going.Remove(exchange, out var handled))
        {
            // All have the same limit, so that the first one whose time is over is the first one that waits.
            queue.Dequeue();
            exchange.Reason = LossWords.AllBusy;
            return RequestOutcome.NeverSent;
        }

        exchange.Reason = handled.Waiting;
        handled.Cancel();
        BeginNext();

        // How long it waited for a thread of the pool is the load's own lag, also of those that were never given one.
        var isSent = handled.Sent != 0;
        exchange.Sent = isSent ? handled.Sent : loop.Clock.Now;
        return isSent ? RequestOutcome.TimedOut : RequestOutcome.NeverSent;
    }

    /// <inheritdoc/>
    public IReadOnlyList<LoadExchange> GiveAllUp()
    {
        List<LoadExchange> all = [.. going.Keys, .. queue];
        foreach (var handled in going.Values)
        {
            handled.Cancel();
        }

        going.Clear();
        queue.Clear();
        return all;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        kept.Dispose();
        fresh.Dispose();
    }

    private SocketsHttpHandler Handler(HandlerDial dial)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = Patience(plan.Timeout),
            ConnectCallback = (asked, cancellation) => dial.ConnectAsync(asked.DnsEndPoint, cancellation),
            EnableMultipleHttp2Connections = true,
            MaxConnectionsPerServer = plan.Connections.Most,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            UseProxy = plan.Transport.Proxy is not null,
        };
        if (plan.Transport.Proxy is { } proxy)
        {
            handler.Proxy = new WebProxy(proxy);
        }

        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
            !plan.Transport.VerifiesServers || CertificateWords.For(shown, chain, errors) is not { } words
                ? true
                : throw new UntrustedServerException(words);
        if (plan.Transport.Authorities is { } authorities)
        {
            handler.SslOptions.CertificateChainPolicy = CertificateBundles.PolicyOf(authorities);
        }

        return handler;
    }

    // By itself the client goes on for five seconds with a connection that nobody waits for: after an outage such ones have all the places.
    private static TimeSpan Patience(TimeSpan limit) =>
        limit.TotalMilliseconds < int.MaxValue / 2 ? limit + Margin : Timeout.InfiniteTimeSpan;

    private void Begin(LoadExchange exchange)
    {
        var request = exchange.Request.Request;
        exchange.Trace = exchange.Request.HasOwnTrace ? RequestTrace.Next(random) : default;
        var reached = (plan.Transport.Proxy ?? request.Url).IdnHost;
        var handled = new HandledRequest(request, reached, judge, loop.Clock);
        var message = HandlerMessage.Of(request, plan.Transport.IsHttp2, exchange.IsFresh, exchange.Trace);
        var client = exchange.IsFresh ? fresh : kept;
        going.Add(exchange, handled);
        _ = Task.Run(async () =>
        {
            await handled.CarryAsync(client, message);
            loop.Post(() => End(exchange, handled));
        });
    }

    private void BeginNext()
    {
        if (going.Count < plan.Connections.Most && queue.TryDequeue(out var next))
        {
            Begin(next);
        }
    }

    // One that was given up has been told, and what carried it may be another one by now.
    private void End(LoadExchange exchange, HandledRequest handled)
    {
        if (going.TryGetValue(exchange, out var known) && known == handled)
        {
            going.Remove(exchange);
            if (handled.Shortage is { } shortage)
            {
                owner.RunShort(shortage);
            }

            exchange.Sent = handled.Sent;
            exchange.Reason = handled.Reason;
            owner.Record(exchange, handled.Outcome, handled.Class, handled.Ended);
            BeginNext();
            owner.Release(exchange);
        }

        handled.Dispose();
    }
}
