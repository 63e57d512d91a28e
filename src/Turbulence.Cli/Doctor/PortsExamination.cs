using System.Net;
using System.Net.Sockets;

namespace Turbulence.Cli.Doctor;

/// <summary>Whether somebody can be listened for and reached on this machine: services, proxies and pages are.</summary>
internal sealed class PortsExamination : IExamination
{
    public string Subject => "ports";

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken stop)
    {
        try
        {
            await ReachAsync(IPAddress.Loopback, stop);
        }
        catch (SocketException failure)
        {
            return [Finding.Broken(Subject, $"127.0.0.1 cannot be listened on and reached: {failure.Message.TrimEnd('.')}; bring the loopback up")];
        }

        var six = "IPv4 and IPv6";
        try
        {
            await ReachAsync(IPAddress.IPv6Loopback, stop);
        }
        catch (SocketException)
        {
            six = "IPv4; there is no IPv6";
        }

        return [Finding.Ok(Subject, $"the loopback can be listened on and reached, by {six}{Range()}")];
    }

    private static async Task ReachAsync(IPAddress address, CancellationToken stop)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        using var client = new TcpClient(address.AddressFamily);
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, stop);
    }

    // A service's port among those that the system hands out to anybody can be taken when the service starts.
    private static string Range()
    {
        const string Handed = "/proc/sys/net/ipv4/ip_local_port_range";
        return File.Exists(Handed)
            && File.ReadAllText(Handed).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var first, var last]
            ? $"; the system hands out ports {first} to {last} itself, so services are safest below {first}"
            : "";
    }
}
