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

    private static async Task<List<(string, long)>> SendAsync(IReadOnlyList<EndPoint> addresses, TimeSpan timeout)
    {
        var plan = new LoadPlan([new LoadRequest(new Uri("http://several.invalid/"))], LoadSchedule.Constant(100, TimeSpan.FromSeconds(0.2)))
        {
            Timeout = timeout,
            Connections = LoadConnections.Fresh,
        };
        var names = new OutcomeNames([]);
        var tally = new LoadTally(names, 1);
        await using var loop = new SocketLoop("test", TimeProvider.System);
        loop.Start();
        var driver = new LoadDriver(plan, [new RequestBytes(plan.Requests[0])], [new LoadOrigin("several.invalid", 80) { Addresses = addresses }], loop, tally, new LossReasons(new OutcomeNames([])));
        await loop.RunAsync(driver.Start);
        await driver.Done;
        await loop.RunAsync(driver.CloseAll);
        Assert.Null(driver.Shortage);
        return [.. tally.Result(driver.Intended, default, null).Outcomes.Where(static one => one.Value > 0).Select(static one => (one.Key, one.Value))];
    }

    private static IPEndPoint Closed(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }

    /// <summary>A listener that nobody accepts from, with as many waiting as there may be: the system says nothing to those who come.</summary>
    private sealed class BlackHole : IDisposable
    {
        private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> waiting = [];

        public BlackHole()
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(1);
            for (var i = 0; i < 8; i++)
            {
                var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                waiting.Add(client);
                try
                {
                    client.Connect(Address);
                }
                catch (SocketException)
                {
                    // It is on its way.
                }
            }
        }

        public IPEndPoint Address => (IPEndPoint)listener.LocalEndPoint!;

        public void Dispose()
        {
            waiting.ForEach(static client => client.Dispose());
            listener.Dispose();
        }
    }
}
