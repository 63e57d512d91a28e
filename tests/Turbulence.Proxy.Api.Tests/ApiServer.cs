using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Turbulence.Proxy.Api.Tests;

/// <summary>A server of proxies with its API on a free port, asked with whatever a test wants to send.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly ProxyApi api;

    private ApiServer(ProxyServer server, ProxyApi api)
    {
        Server = server;
        this.api = api;
        http = new HttpClient { BaseAddress = api.Url };
    }

    public ProxyServer Server { get; }

    public Uri Url => api.Url;

    public static async Task<ApiServer> StartAsync(ProxyApiOptions? options = null)
    {
        var server = new ProxyServer();
        return new ApiServer(server, await ProxyApi.StartAsync(server, (options ?? new ProxyApiOptions()) with { Port = 0 }));
    }

    /// <summary>Asks.</summary>
    /// <returns>The status code and the body.</returns>
    public async Task<(int Status, string Body)> AskAsync(string method, string path, string? body = null)
    {
        using var response = await SendAsync(method, path, body is null ? null : Encoding.UTF8.GetBytes(body));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async Task<JsonObject> JsonAsync(string method, string path, string? body = null)
    {
        var (status, text) = await AskAsync(method, path, body);
        Assert.True(status is 200 or 201, $"{status} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    public Task<HttpResponseMessage> SendAsync(
        string method, string path, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Url, path));
        request.Content = body is null ? null : new ByteArrayContent(body);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends the beginning of a request, and no more of it.</summary>
    /// <returns>The first line of the answer.</returns>
    public async Task<string?> BeginAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Url.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var answer = new StreamReader(client.GetStream(), Encoding.ASCII);
        return await answer.ReadLineAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>An address on which somebody else listens as long as the listener does.</summary>
    public static (TcpListener Listener, string Address) TakenPort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (listener, listener.LocalEndpoint.ToString()!);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await api.DisposeAsync();
        await Server.DisposeAsync();
    }
}
