using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Tests.Datagrams;

/// <summary>A server and a client of UDP with a proxy between them, and a clock that stands still until a test moves it.</summary>
internal sealed class DatagramRoute : IAsyncDisposable
{
    private readonly List<Socket> sockets = [];

    private DatagramRoute(ProxyServer server, FaultProxy proxy, Socket upstream, FakeTimeProvider time)
    {
        Server = server;
        Proxy = proxy;
        Upstream = upstream;
        Time = time;
        sockets.Add(upstream);
    }

    public ProxyServer Server { get; }

    public FaultProxy Proxy { get; }

    public Socket Upstream { get; }

    public FakeTimeProvider Time { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<DatagramRoute> OpenAsync(
        Func<ProxyServerOptions, ProxyServerOptions>? server = null, Func<ProxyOptions, ProxyOptions>? proxy = null, bool isSix = false)
    {
        var time = new FakeTimeProvider();
        var options = new ProxyServerOptions { Time = time };
        var started = new ProxyServer(server?.Invoke(options) ?? options);
        var upstream = new Socket(isSix ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        upstream.Bind(new IPEndPoint(isSix ? IPAddress.IPv6Loopback : IPAddress.Loopback, 0));
        var made = new ProxyOptions("dns", isSix ? "[::1]:0" : "127.0.0.1:0", upstream.LocalEndPoint!.ToString()!)
        {
            Protocol = ProxyProtocol.Udp,
        };
        return new DatagramRoute(started, await started.CreateAsync(proxy?.Invoke(made) ?? made), upstream, time);
    }

    public Socket Client()
    {
        var target = IPEndPoint.Parse(Proxy.Listen);
        var client = new Socket(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        client.Connect(target);
        sockets.Add(client);
        return client;
    }

    public Task AddAsync(string type, object? attributes = null, Func<ToxicOptions, ToxicOptions>? more = null)
    {
        var options = new ToxicOptions(type) { Attributes = Route.Json(attributes), Stream = ToxicStream.Upstream };
        return Proxy.AddToxicAsync(more?.Invoke(options) ?? options);
    }

    /// <summary>What the server gets next, and from whom.</summary>
    public async Task<(byte[] Bytes, EndPoint From)> HearAsync()
    {
        var buffer = new byte[65536];
        var got = await Upstream.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(
            Upstream.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0), Stop);
        return (buffer[..got.ReceivedBytes], got.RemoteEndPoint);
    }

    public async Task<byte> HearByteAsync() => Assert.Single((await HearAsync()).Bytes);

    public static async Task<byte[]> GetAsync(Socket client)
    {
        var buffer = new byte[65536];
        return buffer[..await client.ReceiveAsync(buffer.AsMemory(), Stop)];
    }

    /// <summary>Sends single bytes, and waits until the proxy has taken all of them.</summary>
    public async Task SendAsync(Socket client, params byte[] numbers)
    {
        var before = Proxy.Counters.UpstreamBytes;
        foreach (var number in numbers)
        {
            await client.SendAsync(new[] { number }, Stop);
        }

        await Eventually.HoldsAsync(() => Proxy.Counters.UpstreamBytes == before + numbers.Length);
        await SettleAsync();
    }

    public async Task AdvanceAsync(double milliseconds)
    {
        Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        await SettleAsync();
    }

    public async Task SettleAsync()
    {
        for (var turn = 0; turn < 4; turn++)
        {
            await Server.Loops[0].RunAsync(() => { });
        }
    }

    public async ValueTask DisposeAsync()
    {
        Assert.All(Server.Loops, loop => Assert.Null(loop.Failure));
        await Server.DisposeAsync();
        sockets.ForEach(socket => socket.Dispose());
    }
}
