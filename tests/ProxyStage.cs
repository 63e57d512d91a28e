using System.Net;
using System.Net.Sockets;
using System.Text;
using Turbulence.Proxy;
using Turbulence.Proxy.Api;

/// <summary>
/// Proxies for faults of <c>network.*</c> to hit, with their API, and a server behind them: it answers each head of HTTP that it reads, and
/// sends back whatever else it is sent. There is one in a process of tests, and each test has proxies of its own in it.
/// </summary>
internal sealed class ProxyStage
{
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Chaos: none\r\n\r\nhello";

    private static readonly Lazy<Task<ProxyStage>> One = new(StartAsync);

    private readonly ProxyServer server;
    private readonly Socket upstream;

    private ProxyStage(ProxyServer server, ProxyApi api, Socket upstream)
    {
        this.server = server;
        this.upstream = upstream;
        Api = api.Url;
    }

    /// <summary>The one of this process; it lives as long.</summary>
    public static Task<ProxyStage> Shared => One.Value;

    /// <summary>Where its API answers.</summary>
    public Uri Api { get; }

    /// <summary>Where the server behind the proxies listens.</summary>
    public string Upstream => upstream.LocalEndPoint!.ToString()!;

    /// <summary>Makes a proxy, before a test hits it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="protocol">What it passes on.</param>
    /// <param name="upstream">Whom it asks; null for the server behind all of them.</param>
    public Task<FaultProxy> CreateAsync(string name, ProxyProtocol protocol = ProxyProtocol.Tcp, string? upstream = null) =>
        server.CreateAsync(new ProxyOptions(name, "127.0.0.1:0", upstream ?? Upstream) { Protocol = protocol });

    /// <summary>Whether there is a proxy of a name.</summary>
    public bool Has(string name) => server.Find(name) is not null;

    /// <summary>The label of the first toxic of a proxy.</summary>
    public string? Label(string name) => server.Find(name)!.Toxics[0].Label;

    /// <summary>Where a proxy listens.</summary>
    public string Listen(string name) => server.Find(name)!.Listen;

    /// <summary>How many connections one has now.</summary>
    public long Connections(string name) => server.Find(name)!.Counters.Active;

    /// <summary>Takes one away.</summary>
    public Task RemoveAsync(string name) => server.RemoveAsync(name);

    /// <summary>What toxics there are in the proxies whose names begin so, one line each.</summary>
    public string Toxics(string beginning) => string.Join('\n', server.Proxies
        .Where(proxy => proxy.Name.StartsWith(beginning, StringComparison.Ordinal))
        .SelectMany(proxy =>
            proxy.Toxics.Select(toxic => $"{proxy.Name}: {toxic.Name} {toxic.Type} {toxic.Stream} {toxic.Attributes.ToJsonString()}")));

    /// <summary>A connection through a proxy, with a limit for each read.</summary>
    public static async Task<Socket> ConnectAsync(string listen)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveTimeout = 60_000,
            NoDelay = true,
        };
        try
        {
            await socket.ConnectAsync(IPEndPoint.Parse(listen));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<ProxyStage> StartAsync()
    {
        var upstream = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        upstream.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        upstream.Listen(100);
        _ = ServeAsync(upstream);
        var server = new ProxyServer();
        return new ProxyStage(server, await ProxyApi.StartAsync(server, new ProxyApiOptions { Host = "127.0.0.1", Port = 0 }), upstream);
    }

    private static async Task ServeAsync(Socket listener)
    {
        while (true)
        {
            _ = ServeOneAsync(await listener.AcceptAsync());
        }
    }

    private static async Task ServeOneAsync(Socket client)
    {
        using (client)
        {
            var buffer = new byte[64 << 10];
            try
            {
                while (await client.ReceiveAsync(buffer) is var read and > 0)
                {
                    var isHead = buffer.AsSpan(0, read).StartsWith("GET "u8);
                    await client.SendAsync(isHead ? Encoding.ASCII.GetBytes(Answer) : buffer.AsMemory(0, read));
                }
            }
            catch (SocketException)
            {
                // Broken off, as a test meant it.
            }
        }
    }
}
