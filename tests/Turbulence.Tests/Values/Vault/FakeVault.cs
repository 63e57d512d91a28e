using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Turbulence.Tests.Values.Vault;

/// <summary>
/// A Vault with the wire format of the real one (https://developer.hashicorp.com/vault/api-docs): key/value engines of both
/// versions, AppRole and Kubernetes logins, tokens and namespaces, on a loopback port of its own.
/// </summary>
internal sealed class FakeVault : IAsyncDisposable
{
    public const string Token = "hvs.token-0123456789";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;

    public FakeVault()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Requests as they came: method, path, headers and body.</summary>
    public ConcurrentQueue<(string Line, Dictionary<string, string> Headers, string Body)> Requests { get; } = [];

    /// <summary>Full path (<c>/v1/secret/data/db</c>) to the answer's body; null for no body.</summary>
    public Dictionary<string, string?> Secrets { get; } = [];

    /// <summary>An answer for every request, instead of those of a Vault.</summary>
    public (int Status, string Body)? Always { get; set; }

    /// <summary>Where every request is sent on to; null for nowhere.</summary>
    public string? RedirectsTo { get; set; }

    /// <summary>True to take requests and never answer.</summary>
    public bool IsSilent { get; set; }

    public IEnumerable<string> Lines => Requests.Select(request => request.Line);

    public async ValueTask DisposeAsync()
    {
        if (!serving.IsCompleted)
        {
            await stop.CancelAsync();
            // The accept is over before the listener is stopped: between two accepts a stopped one throws.
            await serving;
            listener.Stop();
            stop.Dispose();
        }
    }

    private async Task ServeAsync()
    {
        var answering = new List<Task>();
        try
        {
            while (true)
            {
                answering.Add(AnswerAsync(await listener.AcceptTcpClientAsync(stop.Token)));
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(answering);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            if (await reader.ReadLineAsync(stop.Token) is not { Length: > 0 } line)
            {
                return;
            }

            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 } header)
            {
                var colon = header.IndexOf(':', StringComparison.Ordinal);
                headers[header[..colon]] = header[(colon + 1)..].Trim();
            }

            var body = new char[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), null)];
            if (body.Length > 0)
            {
                await reader.ReadBlockAsync(body, stop.Token);
            }

            var parts = line.Split(' ');
            Requests.Enqueue(($"{parts[0]} {parts[1]}", headers, new string(body)));
            if (IsSilent)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
            }

            var (status, answer) = RedirectsTo is not null ? (307, "") : Always ?? Answer(parts[0], parts[1], headers, new string(body));
            var head =
                $"HTTP/1.1 {status} X\r\nContent-Type: application/json{(RedirectsTo is { } place ? "\r\nLocation: " + place : "")}\r\nContent-Length: {Encoding.UTF8.GetByteCount(answer)}\r\nConnection: close\r\n\r\n";
            await stream.WriteAsync(Encoding.UTF8.GetBytes(head + answer), stop.Token);
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException)
        {
            // The test is over, or the client has gone.
        }
    }

    private (int Status, string Body) Answer(string method, string path, Dictionary<string, string> headers, string body)
    {
        if (method == "POST")
        {
            var login = JsonNode.Parse(body)!;
            var known = path switch
            {
                "/v1/auth/approle/login" => (string?)login["role_id"] == "role" && (string?)login["secret_id"] == "role-secret",
                "/v1/auth/kubernetes/login" or "/v1/auth/k8s/cluster-1/login" =>
                    (string?)login["role"] == "sa" && (string?)login["jwt"] == "jwt-of-account",
                _ => false,
            };
            return known
                ? (200, $$"""{"request_id":"1","lease_duration":0,"data":null,"auth":{"client_token":"{{Token}}","accessor":"a","policies":["default"],"lease_duration":3600,"renewable":true} }""")
                : (400, $$"""{"errors":["invalid role or secret ID {{(string?)login["secret_id"]}}{{(string?)login["jwt"]}}"]}""");
        }

        if (headers.GetValueOrDefault("X-Vault-Token") != Token)
        {
            return (403, $$"""{"errors":["permission denied for {{headers.GetValueOrDefault("X-Vault-Token")}}"]}""");
        }

        return Secrets.TryGetValue(path, out var secret) ? (secret is null ? 204 : 200, secret ?? "") : (404, """{"errors":[]}""");
    }
}
