using Microsoft.Extensions.Time.Testing;

namespace Turbulence.Proxy.Tests;

/// <summary>An upstream, a proxy before it, and a clock that stands still until a test moves it.</summary>
internal sealed class Route : IAsyncDisposable
{
    private Route(ProxyServer server, Upstream upstream, FaultProxy proxy, FakeTimeProvider time)
    {
        Server = server;
        Upstream = upstream;
        Proxy = proxy;
        Time = time;
    }

    public ProxyServer Server { get; }

    public Upstream Upstream { get; }

    public FaultProxy Proxy { get; }

    public FakeTimeProvider Time { get; }

    public static async Task<Route> OpenAsync(
        Func<ProxyServerOptions, ProxyServerOptions>? server = null, Func<ProxyOptions, ProxyOptions>? proxy = null)
    {
        var time = new FakeTimeProvider();
        var options = new ProxyServerOptions { Time = time };
        var started = new ProxyServer(server?.Invoke(options) ?? options);
        var upstream = new Upstream();
        var made = new ProxyOptions("route", "127.0.0.1:0", upstream.Address);
        return new Route(started, upstream, await started.CreateAsync(proxy?.Invoke(made) ?? made), time);
    }

    /// <summary>A client and who it reached at the other end.</summary>
    public async Task<(Peer Client, Peer Server)> ConnectAsync()
    {
        var client = await Peer.ConnectAsync(Proxy.Listen);
        return (client, await Upstream.AcceptAsync());
    }

    public Task<Toxic> AddAsync(string type, object? attributes = null, Func<ToxicOptions, ToxicOptions>? more = null)
    {
        var options = new ToxicOptions(type) { Attributes = Json(attributes) };
        return Proxy.AddToxicAsync(more?.Invoke(options) ?? options);
    }

    /// <summary>Lets the loops do all that can be done by now: what was posted, and what has arrived.</summary>
    public async Task SettleAsync()
    {
        for (var turn = 0; turn < 4; turn++)
        {
            foreach (var loop in Server.Loops)
            {
                await loop.RunAsync(() => { });
            }
        }
    }

    /// <summary>Moves the clock on, and lets the loops do what is due.</summary>
    public async Task AdvanceAsync(double milliseconds)
    {
        await SettleAsync();
        Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        await SettleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Null(Proxy.Failure);
        Assert.All(Server.Loops, loop => Assert.Null(loop.Failure));
        await Server.DisposeAsync();
        Upstream.Dispose();
    }

    public static System.Text.Json.Nodes.JsonObject? Json(object? attributes)
    {
        if (attributes is null)
        {
            return null;
        }

        var json = new System.Text.Json.Nodes.JsonObject();
        foreach (var property in attributes.GetType().GetProperties())
        {
            json[property.Name] = System.Text.Json.Nodes.JsonNode.Parse(Literal(property.GetValue(attributes)));
        }

        return json;
    }

    private static string Literal(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => "null",
    };
}
