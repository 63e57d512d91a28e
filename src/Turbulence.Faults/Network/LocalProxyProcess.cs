using System.Globalization;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Sockets;

namespace Turbulence.Faults.Network;

/// <summary>
/// Finds the process in which a proxy lives, to know later that it is gone with that. Who listens on a port of this machine may only pass
/// it on, to a container or through a tunnel, and end while the proxy lives: so only what is recognisably a server of proxies, and has the
/// proxy's port as well as the API's, counts.
/// </summary>
internal static class LocalProxyProcess
{
    /// <summary>The process; null where it is not known for certain.</summary>
    /// <param name="api">Where its API answers.</param>
    /// <param name="listen">Where the proxy listens: <c>127.0.0.1:15432</c>.</param>
    /// <param name="isUdp">Whether it takes datagrams there, and no connections.</param>
    public static ProcessIdentity? Find(Uri api, string listen, bool isUdp)
    {
        try
        {
            return api.IsLoopback
                && int.TryParse(listen.AsSpan(listen.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                && ListeningProcess.Find(api.Port) is [var process]
                && IsServer(process)
                && ListeningProcess.Ports(process.Id, isUdp ? PortProtocol.Udp : PortProtocol.Tcp).Contains(port) ? process.Identity : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static bool IsServer(ProcessStatus process) =>
        process.Id == Environment.ProcessId
        || process.Name.StartsWith("toxiproxy", StringComparison.Ordinal)
        || (ProcessTable.CommandLine(process.Id) is { } line && line.Zip(line.Skip(1)).Any(static pair => pair is ("proxy", "serve")));
}
