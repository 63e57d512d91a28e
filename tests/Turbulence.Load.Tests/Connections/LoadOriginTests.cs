using System.Net;
using System.Net.Sockets;
using Turbulence.Load.Connections;
using Turbulence.Load.Driving;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;
using Turbulence.Load.Schedules;
using Turbulence.Platform.Loops;

namespace Turbulence.Load.Tests.Connections;

public sealed class LoadOriginTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_address_that_says_nothing_does_not_take_the_time_of_the_others()
    {
        await using var server = new ScriptedServer(static _ => ScriptedServer.Ok());
        using var hole = new BlackHole();
        Assert.Equal([("ok", 20)], await SendAsync([hole.Address, server.Address], Patience));
    }

    [Fact]
    public async Task An_address_that_says_nothing_is_waited_for_where_the_others_refuse()
    {
        using var hole = new BlackHole();
        Assert.Equal([("timed_out", 20)], await SendAsync([hole.Address, Closed(IPAddress.Loopback)], TimeSpan.FromSeconds(0.6)));
    }

    [Fact]
    public async Task An_address_of_a_kind_that_the_machine_has_not_is_no_want_of_ports()
    {
        Assert.Equal([("refused", 20)], await SendAsync([Closed(IPAddress.Loopback), new IPEndPoint(IPAddress.IPv6Loopback, 1)], Patience));
        Assert.Equal([("refused", 20)], await SendAsync([new IPEndPoint(IPAddress.IPv6Loopback, 1), Closed(IPAddress.Loopback)], Patience));
    }

    [Fact]
    public void The_usual_ports_of_http_and_https_are_two_servers() => Assert.Equal(
        [("a", 80), ("a", 443), ("a", 8080), ("xn--bcher-kva.example", 443)],
        new[] { "http://a/", "https://a/", "https://a:8080/", "https://bücher.example/" }
            .Select(static url => LoadOrigin.PlaceOf(new Uri(url)))
            .Select(static place => (place.Host, place.Port)));

    private static async Task<List<(string, long)>> SendAsync(IReadOnlyList<EndPoint> addresses, TimeSpan timeout)
    {
        var plan = new LoadPlan(
            [new LoadRequest(new Uri("http://several.invalid/"))], LoadSchedule.Constant(100, TimeSpan.FromSeconds(0.2)))
        {
            Timeout = timeout,
            Connections = LoadConnections.Fresh,
        };
        var names = new OutcomeNames([]);
        var tally = new LoadTally(names, 1);
        await using var loop = new SocketLoop("test", TimeProvider.System);
        loop.Start();
        var driver = new LoadDriver(
            plan,
            [new RequestBytes(plan.Requests[0])],
            [new LoadOrigin("several.invalid", 80) { Addresses = addresses }],
            loop,
            tally,
            new LossReasons(new OutcomeNames([])));
        await loop.RunAsync(driver.Start);
        await driver.Done;
        await loop.RunAsync(driver.CloseAll);
        Assert.Null(driver.Shortage);
        return [.. tally.Result(driver.Intended, default, null).Outcomes
            .Where(static one => one.Value > 0)
            .Select(static one => (one.Key, one.Value))];
    }

    private static IPEndPoint Closed(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
