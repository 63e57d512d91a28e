using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Polly.Timeout;

namespace RandomNumbers.RequireRand;

/// <summary>Asks one rand server, and knows whether it is worth asking.</summary>
public sealed class RandServerClient
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly byte[] TrialQuestion =
        JsonSerializer.SerializeToUtf8Bytes(new NumberRequest("1"), WireJson.Default.NumberRequest);

    private readonly HttpClient http;
    private readonly ResilienceSettings settings;
    private readonly TimeProvider time;
    private readonly ServerBreaker breaker;
    private int lastResorts;

    /// <summary>Makes a client; nothing is connected yet.</summary>
    /// <param name="address">The server.</param>
    /// <param name="position">Its place among the servers, from 0.</param>
    /// <param name="http">What carries requests to it: its connections, and the limits of <see cref="RandServers"/>.</param>
    /// <param name="settings">When it counts as slow, and as failing too often.</param>
    /// <param name="time">The clock.</param>
    public RandServerClient(RandServerAddress address, int position, HttpClient http, ResilienceSettings settings, TimeProvider time)
    {
        Address = address;
        Position = position;
        this.http = http;
        this.settings = settings;
        this.time = time;
        breaker = new ServerBreaker(settings, time);
    }

    /// <summary>The server that is asked.</summary>
    public RandServerAddress Address { get; }

    /// <summary>Its place among the servers, from 0.</summary>
    public int Position { get; }

    /// <summary>False while its breaker is open: it failed too often, and no trial has been answered yet.</summary>
    public bool IsTrusted => breaker.IsClosed;

    /// <summary>Asks the server; one that is not trusted only for so many at the same time, since whoever comes here then has nobody better
    /// left.</summary>
    /// <param name="question">The JSON of the request.</param>
    /// <param name="cancellationToken">Cancelled when another server has answered.</param>
    public ValueTask<ServerReply> AskAsync(byte[] question, CancellationToken cancellationToken) => breaker.IsClosed
        ? breaker.CountAsync(cancellation => SendAsync(question, cancellation), cancellationToken)
        : AskLastAsync(question, cancellationToken);

    /// <summary>Ends when the server is not trusted any more.</summary>
    internal ValueTask<bool> DistrustedAsync(CancellationToken cancellationToken) => breaker.OpenedAsync(cancellationToken);

    /// <summary>Asks it for a number that nobody wants, and trusts it again when that comes before it would have been overtaken.</summary>
    internal async Task TryAsync(CancellationToken cancellationToken)
    {
        using var slow = new CancellationTokenSource(settings.HedgeAfter, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(slow.Token, cancellationToken);
        if (await SendAsync(TrialQuestion, either.Token) is ServerReply.Drawn or ServerReply.Refused)
        {
            await breaker.CloseAsync();
        }
    }

    private async ValueTask<ServerReply> AskLastAsync(byte[] question, CancellationToken cancellationToken)
    {
        try
        {
            return Interlocked.Increment(ref lastResorts) <= settings.LastResorts
                ? await SendAsync(question, cancellationToken)
                : new ServerReply.Failed("not asked, since it failed too often");
        }
        finally
        {
            Interlocked.Decrement(ref lastResorts);
        }
    }

    private async ValueTask<ServerReply> SendAsync(byte[] question, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        using var content = new ByteArrayContent(question) { Headers = { ContentType = Json } };
        using var request = new HttpRequestMessage(HttpMethod.Post, Address.Url) { Content = content };
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return ServerReply.From((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Polly counts what is called off as no failure. That is right where this server had no time to answer, and wrong where it had
            // all the time after which the next one is asked.
            return time.GetElapsedTime(asked) >= settings.HedgeAfter
                ? new ServerReply.Failed("slower than another")
                : ServerReply.CalledOff.Instance;
        }
        catch (OperationCanceledException)
        {
            return new ServerReply.Failed($"no connection within {settings.ServerTimeLimit.TotalSeconds} s");
        }
        catch (TimeoutRejectedException)
        {
            return new ServerReply.Failed($"timed out after {settings.ServerTimeLimit.TotalSeconds} s");
        }
        catch (HttpRequestException error)
        {
            return new ServerReply.Failed(Reason(error));
        }
    }

    private string Reason(HttpRequestException error) => error.HttpRequestError switch
    {
        HttpRequestError.ConnectionError when error.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } =>
            "connection refused",
        HttpRequestError.ConfigurationLimitExceeded => $"answered more than {settings.LargestAnswer} bytes",
        HttpRequestError.ResponseEnded => "closed the connection without an answer",
        HttpRequestError.InvalidResponse => "answered something that is not HTTP",
        _ => (error.InnerException ?? error).Message,
    };
}
