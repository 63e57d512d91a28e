using System.Net;
using System.Net.Sockets;
using Turbulence.Load.Connections;
using Turbulence.Load.Handlers;
using Turbulence.Load.Tests.Connections;

namespace Turbulence.Load.Tests.Handlers;

/// <summary>What goes over the framework's client is connected as what goes over bare sockets.</summary>
public sealed class HandlerDialTests
{
    private static readonly DnsEndPoint Place = new("several.invalid", 443);

    [Fact]
    public async Task An_address_that_says_nothing_does_not_take_the_time_of_the_others_and_is_not_tried_first_again()
    {
        using var hole = new BlackHole();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var origin = new LoadOrigin(Place.Host, Place.Port) { Addresses = [hole.Address, server.LocalEndpoint] };
        await using var stream = await Dial(origin).ConnectAsync(Place, TestContext.Current.CancellationToken);
        using var client = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await stream.WriteAsync("hello"u8.ToArray(), TestContext.Current.CancellationToken);
        var memory = new byte[5];
        await client.GetStream().ReadExactlyAsync(memory, TestContext.Current.CancellationToken);
        Assert.Equal(("hello", 1), (System.Text.Encoding.ASCII.GetString(memory), origin.First));
    }

    [Fact]
    public async Task Where_no_address_answers_it_says_what_the_server_said()
    {
        var origin = new LoadOrigin(Place.Host, Place.Port) { Addresses = [Closed(), Closed()] };
        var failure = await Assert.ThrowsAsync<SocketException>(
            () => Dial(origin).ConnectAsync(Place, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(SocketError.ConnectionRefused, failure.SocketErrorCode);

        // Nobody knows a name.
        origin = new LoadOrigin(Place.Host, Place.Port);
        failure = await Assert.ThrowsAsync<SocketException>(
            () => Dial(origin).ConnectAsync(Place, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(SocketError.HostNotFound, failure.SocketErrorCode);
    }

    [Fact]
    public async Task Who_gives_up_is_not_waited_for()
    {
        using var hole = new BlackHole();
        using var stop = new CancellationTokenSource();
        var dialling = Dial(new LoadOrigin(Place.Host, Place.Port) { Addresses = [hole.Address] }).ConnectAsync(Place, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dialling);
    }

    [Theory]
    [InlineData(SocketError.ConnectionRefused, SocketError.AddressNotAvailable, SocketError.ConnectionRefused)]
    [InlineData(SocketError.AddressNotAvailable, SocketError.ConnectionRefused, SocketError.ConnectionRefused)]
    [InlineData(SocketError.ConnectionRefused, SocketError.TooManyOpenSockets, SocketError.TooManyOpenSockets)]
    [InlineData(SocketError.HostNotFound, SocketError.AddressNotAvailable, SocketError.AddressNotAvailable)]
    public void An_address_of_a_kind_that_the_machine_has_not_says_nothing_beside_another(
        SocketError known, SocketError next, SocketError told) =>
        Assert.Equal(told, SocketShortage.Weightier(known, next));

    [Fact]
    public void Where_the_machine_has_no_address_of_that_kind_there_is_no_way_and_no_want_of_ports()
    {
        // No machine has a way to this one: the scope is that of no interface.
        EndPoint nowhere = new IPEndPoint(IPAddress.Parse("fe80::1"), 443);
        Assert.Equal(SocketError.NetworkUnreachable, SocketShortage.Told(SocketError.AddressNotAvailable, [nowhere]));
        Assert.Equal(SocketError.AddressNotAvailable, SocketShortage.Told(
            SocketError.AddressNotAvailable, [nowhere, new IPEndPoint(IPAddress.Loopback, 443)]));
        Assert.Equal(SocketError.ConnectionRefused, SocketShortage.Told(SocketError.ConnectionRefused, [nowhere]));
    }

    private static HandlerDial Dial(LoadOrigin origin) =>
        new(new Dictionary<DnsEndPoint, LoadOrigin> { [Place] = origin }, TimeProvider.System);

    private static IPEndPoint Closed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
