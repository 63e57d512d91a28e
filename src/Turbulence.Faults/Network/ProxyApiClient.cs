using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Values;

namespace Turbulence.Faults.Network;

/// <summary>
/// Asks the API of proxies, Toxiproxy's or ours. Whoever answers there may be slow, broken or somebody else, so that an answer has a limit
/// of time and of bytes, is held against what it has to be, and comes back as a value. No proxy of the system is used, and no redirect is
/// followed.
/// </summary>
internal sealed class ProxyApiClient : IDisposable
{
    private const int MostBytes = 4 << 20;

    private readonly HttpMessageInvoker http;
    private readonly Uri api;
    private readonly string? token;
    private readonly SecretMask mask;
    private readonly TimeProvider time;

    /// <summary>Prepares; nobody is asked yet.</summary>
    /// <param name="api">Where the API is.</param>
    /// <param name="token">What it wants to be shown; null for nothing.</param>
    /// <param name="time">Measures the limit.</param>
    public ProxyApiClient(Uri api, string? token, TimeProvider time)
    {
        this.api = api.AbsolutePath.EndsWith('/') ? api : new Uri(api.AbsoluteUri + "/");
        this.token = token;
        mask = token is null ? SecretMask.None : SecretMask.Of([token]);
        this.time = time;
        http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            MaxResponseHeadersLength = 32,
        });
    }

    /// <summary>How long one answer may take.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    /// <summary>All proxies, by their names.</summary>
    public Task<ApiReply> ProxiesAsync(CancellationToken cancellationToken) => AskAsync(HttpMethod.Get, "proxies", null, cancellationToken);

    /// <summary>Makes a proxy, which listens by then.</summary>
    public Task<ApiReply> CreateAsync(JsonObject proxy, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Post, "proxies", proxy, cancellationToken);

    /// <summary>One proxy, with its toxics.</summary>
    public async Task<ApiReply> ProxyAsync(string proxy, CancellationToken cancellationToken)
    {
        var reply = await AskAsync(HttpMethod.Get, Path(proxy), null, cancellationToken);

        // A name that is a part of a path by itself, such as "..", asks for something else.
        return reply.IsDone && AnswerJson.Text(reply.Body, "name") != proxy
            ? Unclear($"gives an answer about something else than proxy '{proxy}'", reply.Status)
            : reply;
    }

    /// <summary>What a proxy and its toxics did so far. Toxiproxy does not know such a thing, and answers with status 404.</summary>
    public Task<ApiReply> CountersAsync(string proxy, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Get, $"{Path(proxy)}/counters", null, cancellationToken);

    /// <summary>Adds a toxic.</summary>
    public Task<ApiReply> AddAsync(string proxy, JsonObject toxic, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Post, $"{Path(proxy)}/toxics", toxic, cancellationToken);

    /// <summary>Removes a toxic.</summary>
    public Task<ApiReply> RemoveAsync(string proxy, string toxic, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Delete, $"{Path(proxy)}/toxics/{Uri.EscapeDataString(toxic)}", null, cancellationToken);

    public void Dispose() => http.Dispose();

    private static string Path(string proxy) => $"proxies/{Uri.EscapeDataString(proxy)}";

    private static ApiReply Unclear(string text, int status = 0) => new(ApiOutcome.Unclear, text) { Status = status };

    private async Task<ApiReply> AskAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var request = new HttpRequestMessage(method, new Uri(api, path));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("chaos", null));
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString()))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            };
        }

        try
        {
            using var response = await http.SendAsync(request, both.Token);
            var reply = await ReadAsync(response, both.Token);
            return reply with { Text = mask.Apply(reply.Text) };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unclear($"gives no answer within {Patience.TotalSeconds:0} s");
        }
        catch (HttpRequestException failure)
            when (failure.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return new ApiReply(ApiOutcome.NoOne, "does not answer: nobody listens there");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return Unclear($"does not answer as it should: {(failure.InnerException ?? failure).Message.TrimEnd('.')}");
        }
    }

    private static async Task<ApiReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
        {
            return Unclear($"answers with a redirect (status {status}), which is not followed", status);
        }

        if (await BytesAsync(response, cancellationToken) is not { } bytes)
        {
            return Unclear($"gives an answer of more than {MostBytes >> 20} MiB", status);
        }

        if (response.IsSuccessStatusCode && bytes.Length == 0)
        {
            return new ApiReply(ApiOutcome.Done, "") { Status = status };
        }

        if (Object(bytes) is not { } answer)
        {
            return Unclear($"answers with status {status} and no JSON object: it is no API of proxies", status);
        }

        if (response.IsSuccessStatusCode)
        {
            return new ApiReply(ApiOutcome.Done, "") { Body = answer, Status = status };
        }

        // Toxiproxy's older versions call it title.
        var reason = (AnswerJson.Line(answer, "error") ?? AnswerJson.Line(answer, "title"))?.TrimEnd('.');
        return reason is null ? Unclear($"answers with status {status} and no reason: it is no API of proxies", status)
            : new ApiReply(
                response.StatusCode == HttpStatusCode.NotFound && reason is "proxy not found" or "toxic not found" ? ApiOutcome.Absent
                    : status < 500 ? ApiOutcome.Refused : ApiOutcome.Unclear,
                response.StatusCode == HttpStatusCode.Unauthorized
                    ? "wants a token, and not the one that it is shown"
                    : $"answers with status {status}: {reason}")
            {
                Status = status,
            };
    }

    private static async Task<byte[]?> BytesAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var all = new MemoryStream();
        var piece = ArrayPool<byte>.Shared.Rent(16 << 10);
        try
        {
            while (await stream.ReadAsync(piece, cancellationToken) is var read and > 0)
            {
                all.Write(piece, 0, read);
                if (all.Length > MostBytes)
                {
                    return null;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        return all.ToArray();
    }

    private static JsonElement? Object(byte[] bytes)
    {
        try
        {
            var value = JsonElement.Parse(bytes);
            return value.ValueKind == JsonValueKind.Object ? value : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
