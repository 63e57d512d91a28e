using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Turbulence.Activities.Http;
using Turbulence.Http;
using Turbulence.Values;

namespace Turbulence.Notifications;

/// <summary>
/// <c>http</c>: the envelope is posted as JSON; with <c>forward_event_payload: false</c>, a GET without a body says that something
/// happened. Any answer from 200 to 299 will do. A server has 2 s to take the connection and then 5 s to answer.
/// </summary>
internal sealed class HttpChannel : INotificationChannel
{
    private const int MostRedirects = 30;

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    private readonly Uri url;
    private readonly EventFilter events;
    private readonly TimeProvider time;
    private readonly CertificateBundles bundles = new();

    /// <summary>A channel to <paramref name="url"/>.</summary>
    /// <param name="url">An http(s) address.</param>
    /// <param name="events">What it wants to hear of.</param>
    /// <param name="time">Measures the limits.</param>
    public HttpChannel(Uri url, EventFilter events, TimeProvider time)
    {
        this.url = url;
        this.events = events;
        this.time = time;
    }

    /// <summary>The headers to send. Default: none of its own.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Which servers are believed. Default: those with a valid certificate.</summary>
    public ServerTrust Trust { get; init; } = new(true, null);

    /// <summary>Whether the envelope is sent. Default: true.</summary>
    public bool ForwardsPayload { get; init; } = true;

    /// <summary>
    /// Whether a redirect is followed, which the reference does: after 301, 302 and 303 without the envelope. Default: false.
    /// </summary>
    public bool FollowsRedirects { get; init; }

    // The path of a web hook is its password.
    /// <inheritdoc/>
    public string Description => $"http {url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}";

    /// <inheritdoc/>
    public TimeSpan Limit => ConnectLimit + AnswerLimit;

    /// <inheritdoc/>
    public bool Wants(string name) => events.Wants(name);

    /// <inheritdoc/>
    public async Task<string?> SendAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        if (!bundles.TryLoad(Trust, out var authorities, out var problem))
        {
            return problem;
        }

        using var limit = new CancellationTokenSource(ConnectLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var connected = false;
        using var invoker = new HttpMessageInvoker(Handler(authorities, () =>
        {
            connected = true;
            limit.CancelAfter(AnswerLimit);
        }));
        try
        {
            return await FollowAsync(invoker, envelope, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{(connected ? "no answer" : "no connection")} within {(connected ? AnswerLimit : ConnectLimit).TotalSeconds} s");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return failure.GetBaseException().Message;
        }
    }

    // By hand, because the handler would take every header but Authorization to any server.
    private async Task<string?> FollowAsync(HttpMessageInvoker invoker, Envelope envelope, CancellationToken cancellationToken)
    {
        var (target, posts, trusted) = (url, ForwardsPayload, true);
        for (var redirects = 0; ; redirects++)
        {
            using var request = Request(envelope, target, posts, trusted);
            using var response = await invoker.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return null;
            }

            var status = (int)response.StatusCode;
            if (!FollowsRedirects || redirects == MostRedirects || status is not (301 or 302 or 303 or 307 or 308)
                || response.Headers.Location is not { } location || !HttpUrl.TryFollow(
                    target, location.OriginalString, out var next, out _))
            {
                return string.Create(CultureInfo.InvariantCulture, $"the answer was {status} {response.ReasonPhrase}").TrimEnd();
            }

            trusted &= HttpOrigin.IsSame(target, next);
            posts &= status is 307 or 308;
            target = next;
        }
    }

    private HttpRequestMessage Request(Envelope envelope, Uri target, bool posts, bool trusted)
    {
        var request = new HttpRequestMessage(posts ? HttpMethod.Post : HttpMethod.Get, target);
        if (posts)
        {
            request.Content = new ReadOnlyMemoryContent(envelope.Json);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        if (trusted
            && url.UserInfo.Length > 0
            && !Headers.Any(static header => header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase)))
        {
            var login = Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo)));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", login);
        }

        foreach (var (name, value) in Headers.Where(header => trusted || !CredentialHeaders.Has(header.Key, header.Value, SecretMask.None)))
        {
            if (request.Headers.TryAddWithoutValidation(name, value))
            {
                continue;
            }

            request.Content?.Headers.Remove(name);
            request.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private SocketsHttpHandler Handler(X509Certificate2Collection? authorities, Action connected)
    {
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            ConnectTimeout = Timeout.InfiniteTimeSpan,
            Proxy = new LoopbackBypass(HttpClient.DefaultProxy),
            UseCookies = false,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                    connected();
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    // Whatever it is, it is thrown on: until it is handed over, the socket is ours to close.
                    socket.Dispose();
                    throw;
                }
            },
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) => !Trust.Verify || errors == SslPolicyErrors.None;
        if (authorities is not null)
        {
            handler.SslOptions.CertificateChainPolicy = CertificateBundles.PolicyOf(authorities);
        }

        return handler;
    }
}
