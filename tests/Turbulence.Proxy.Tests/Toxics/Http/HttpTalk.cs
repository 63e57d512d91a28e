using System.Text;

namespace Turbulence.Proxy.Tests.Toxics.Http;

/// <summary>A client and a server that speak HTTP by hand, with a proxy between them.</summary>
internal sealed class HttpTalk(Route route, Peer client, Peer server) : IAsyncDisposable
{
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    public Route Route { get; } = route;

    public Peer Client { get; } = client;

    public Peer Server { get; } = server;

    public ToxicCounters Counters => Route.Proxy.Toxics[0].Counters;

    public static async Task<HttpTalk> OpenAsync(
        string type,
        object? attributes = null,
        Func<ToxicOptions, ToxicOptions>? more = null,
        Func<ProxyServerOptions, ProxyServerOptions>? server = null)
    {
        var route = await Route.OpenAsync(server);
        await route.AddAsync(type, attributes, more);
        var (client, asked) = await route.ConnectAsync();
        return new HttpTalk(route, client, asked);
    }

    public static string Get(string path, string fields = "") => $"GET {path} HTTP/1.1\r\nHost: a\r\n{fields}\r\n";

    /// <summary>Sends a request, and looks at what the server hears.</summary>
    public async Task AskAsync(string request)
    {
        await Client.SendAsync(request);
        await HearAsync(request);
    }

    public async Task HearAsync(string expected) =>
        Assert.Equal(expected, await Server.ReadTextAsync(Encoding.UTF8.GetByteCount(expected)));

    public async Task AnswerAsync(string answer)
    {
        await Server.SendAsync(answer);
        await GetAsync(answer);
    }

    public async Task GetAsync(string expected) => Assert.Equal(expected, await Client.ReadTextAsync(Encoding.UTF8.GetByteCount(expected)));

    /// <summary>A request and an answer pass as they are.</summary>
    public async Task ExchangeAsync(string request, string answer)
    {
        await AskAsync(request);
        await AnswerAsync(answer);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Server.Dispose();
        await Route.DisposeAsync();
    }
}
