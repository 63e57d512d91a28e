using System.Net;
using System.Net.Sockets;
using Turbulence.Platform.Sockets;

namespace Turbulence.Platform.Tests.Sockets;

public sealed class ListeningProcessTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void A_port_is_ours_while_we_listen_on_it(string address)
    {
        Needs.That(address == "127.0.0.1" || Socket.OSSupportsIPv6, "needs IPv6");
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Assert.Contains(port, ListeningProcess.Ports(Environment.ProcessId));
        // What another test starts at this moment has our sockets too, until it executes its program.
        Assert.Contains(ListeningProcess.Find(port), process => process.Id == Environment.ProcessId);
        Assert.True(ListeningProcess.IsListening(port));
        listener.Stop();
        Assert.DoesNotContain(port, ListeningProcess.Ports(Environment.ProcessId));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void A_port_of_udp_is_ours_while_we_take_datagrams_there_and_is_none_of_tcp(string address)
    {
        Needs.That(address == "127.0.0.1" || Socket.OSSupportsIPv6, "needs IPv6");
        var end = new IPEndPoint(IPAddress.Parse(address), 0);
        using var socket = new Socket(end.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(end);
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        Assert.Contains(port, ListeningProcess.Ports(Environment.ProcessId, PortProtocol.Udp));
        Assert.Contains(ListeningProcess.Find(port, PortProtocol.Udp), process => process.Id == Environment.ProcessId);
        Assert.True(ListeningProcess.IsListening(port, PortProtocol.Udp));
        using var client = new Socket(end.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        client.Connect(socket.LocalEndPoint);
        Assert.DoesNotContain(((IPEndPoint)client.LocalEndPoint!).Port, ListeningProcess.Ports(Environment.ProcessId, PortProtocol.Udp));
        socket.Close();
        Assert.DoesNotContain(port, ListeningProcess.Ports(Environment.ProcessId, PortProtocol.Udp));
    }
}
