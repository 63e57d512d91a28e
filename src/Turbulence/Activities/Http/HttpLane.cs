using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Turbulence.Activities.Http;

/// <summary>
/// A handler for one exchange at a time with one server, and its one connection. A handler that many exchanges share may
/// send a request twice or hand it to a connection that another one asked for; here each request is sent once, and it is
/// known on which connection.
/// </summary>
internal sealed class HttpLane : IDisposable
{
    private readonly CancellationTokenSource closing = new();
    private readonly SocketsHttpHandler handler;
    private readonly HttpMessageInvoker invoker;
    private HttpExchange? exchange;

    public HttpLane(ServerTrust trust, X509Certificate2Collection? authorities, IWebProxy proxy)
    {
        handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = Timeout.InfiniteTimeSpan,
            MaxConnectionsPerServer = 1,
            PlaintextStreamFilter = Tap,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            Proxy = proxy,
            RequestHeaderEncodingSelector = static (_, _) => System.Text.Encoding.Latin1,
            ResponseDrainTimeout = TimeSpan.Zero,
            ResponseHeaderEncodingSelector = static (_, _) => System.Text.Encoding.Latin1,
            UseCookies = false,
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            CertificateTrouble = trust.Verify ? CertificateWords.For(certificate, chain, errors) : null;
            return CertificateTrouble is null;
        };
        if (authorities is not null)
        {
            handler.SslOptions.CertificateChainPolicy = CertificateBundles.PolicyOf(authorities);
        }

        invoker = new HttpMessageInvoker(handler, disposeHandler: true);
    }

    /// <summary>Why the server's certificate was not accepted; null when it was.</summary>
    public string? CertificateTrouble { get; private set; }

    /// <summary>When it was made, just before its connection is opened: a timestamp of the clock that measures its age.</summary>
    public required long Opened { get; init; }

    /// <summary>Sends a request; returns when the headers of the answer are there.</summary>
    public async ValueTask<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, HttpExchange next, CancellationToken cancellationToken)
    {
        exchange = next;
        try
        {
            return await invoker.SendAsync(request, cancellationToken);
        }
        finally
        {
            exchange = null;
        }
    }

    /// <summary>A request goes out over <paramref name="tap"/>.</summary>
    public void Sending(WireTap tap)
    {
        if (exchange is { Sent: false } leaving)
        {
            leaving.Leave(tap.Used);
            tap.Used = true;
        }
    }

    /// <summary>Bytes came; they belong to the answer as long as its headers are waited for.</summary>
    public void Received(ReadOnlySpan<byte> read)
    {
        if (exchange is { Sent: true } answered)
        {
            answered.Head.Append(read);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A connection that is still being made is nobody's now; the handler alone would go on with it for seconds.
        closing.Cancel();
        invoker.Dispose();
        closing.Dispose();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        // The handler sends a request again by itself when its connection broke. What went out may have been acted on:
        // whether it may be sent twice is decided by who knows the method.
        if (exchange is { Sent: true })
        {
            throw new IOException("The request was sent already");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
            await socket.ConnectAsync(context.DnsEndPoint, either.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private ValueTask<Stream> Tap(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        // The way through a proxy is asked for with a request of the handler's own.
        var tunnel = context.InitialRequestMessage.Method == HttpMethod.Connect;
        return ValueTask.FromResult(tunnel ? context.PlaintextStream : new WireTap(context.PlaintextStream, this));
    }
}
