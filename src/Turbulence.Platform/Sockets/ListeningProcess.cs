using System.Globalization;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Sockets;

/// <summary>
/// Finds who listens on a TCP port of this machine, or takes datagrams on one of UDP, from <c>/proc</c>. Elsewhere than on Linux nobody is
/// found.
/// </summary>
public static class ListeningProcess
{
    private const string Listening = "0A";

    // The tables call what is connected to nobody so; a socket of UDP that takes datagrams of whoever sends some is such a one.
    private const string Unconnected = "07";
    private const string SocketLink = "socket:[";

    /// <summary>
    /// The processes that hold a socket which listens on <paramref name="port"/>, on any local address; those that we may not look into are
    /// left out.
    /// </summary>
    /// <param name="port">The TCP port, 1 to 65535.</param>
    public static IReadOnlyList<ProcessStatus> Find(int port) => Find(port, PortProtocol.Tcp);

    /// <summary>
    /// The processes that hold a socket which listens on <paramref name="port"/>, on any local address; those that we may not look into are
    /// left out.
    /// </summary>
    /// <param name="port">The port, 1 to 65535.</param>
    /// <param name="protocol">Whose port it is.</param>
    public static IReadOnlyList<ProcessStatus> Find(int port, PortProtocol protocol)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        var sockets = Sockets(protocol)
            .Where(socket => socket.Port == port)
            .Select(socket => socket.Node)
            .ToHashSet(StringComparer.Ordinal);
        return sockets.Count == 0
            ? []
            : [.. ProcessTable.List().Where(process => process.IsAlive && Held(process.Id).Any(sockets.Contains))];
    }

    /// <summary>
    /// Everything that listens on a TCP port, by its port: one process for each, the first that has its socket. Those that we may not look
    /// into are left out.
    /// </summary>
    public static IReadOnlyList<(int Port, ProcessStatus Process)> All()
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        var ports = Sockets(PortProtocol.Tcp).DistinctBy(static socket => socket.Node).ToDictionary(
            static socket => socket.Node, static socket => socket.Port, StringComparer.Ordinal);
        return
        [
            .. ProcessTable.List()
                .Where(static process => process.IsAlive)
                .SelectMany(process => Held(process.Id).Where(ports.ContainsKey).Select(node => (Port: ports[node], Process: process)))
                .DistinctBy(static one => one.Port)
                .OrderBy(static one => one.Port),
        ];
    }

    /// <summary>The TCP ports on which a process listens, in rising order; none when it is not there or not ours to look into.</summary>
    /// <param name="process">The process id.</param>
    public static IReadOnlyList<int> Ports(int process) => Ports(process, PortProtocol.Tcp);

    /// <summary>The ports on which a process listens, in rising order; none when it is not there or not ours to look into.</summary>
    /// <param name="process">The process id.</param>
    /// <param name="protocol">Whose ports.</param>
    public static IReadOnlyList<int> Ports(int process, PortProtocol protocol)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        var held = Held(process).ToHashSet(StringComparer.Ordinal);
        return held.Count == 0
            ? []
            : [.. Sockets(protocol).Where(socket => held.Contains(socket.Node)).Select(socket => socket.Port).Distinct().Order()];
    }

    /// <summary>Whether anybody listens on a TCP port of this machine, processes that are not ours to look into included.</summary>
    /// <param name="port">The TCP port, 1 to 65535.</param>
    public static bool IsListening(int port) => IsListening(port, PortProtocol.Tcp);

    /// <summary>Whether anybody listens on a port of this machine, processes that are not ours to look into included.</summary>
    /// <param name="port">The port, 1 to 65535.</param>
    /// <param name="protocol">Whose port it is.</param>
    public static bool IsListening(int port, PortProtocol protocol) =>
        OperatingSystem.IsLinux() && Sockets(protocol).Any(socket => socket.Port == port);

    /// <summary>
    /// The users whose sockets listen on a TCP port of this machine, also where their processes are not ours to look into.
    /// </summary>
    /// <param name="port">The TCP port, 1 to 65535.</param>
    public static IReadOnlyList<uint> Users(int port) =>
        OperatingSystem.IsLinux()
            ? [.. Sockets(PortProtocol.Tcp).Where(socket => socket.Port == port).Select(socket => socket.User).Distinct()]
            : [];

    private static IEnumerable<(int Port, string Node, uint User)> Sockets(PortProtocol protocol) => protocol == PortProtocol.Tcp
        ? Sockets("/proc/net/tcp", Listening).Concat(Sockets("/proc/net/tcp6", Listening))
        : Sockets("/proc/net/udp", Unconnected).Concat(Sockets("/proc/net/udp6", Unconnected));

    /// <summary>The listening sockets' ports, inodes and users; the columns are those of proc(5), <c>/proc/net/tcp</c>.</summary>
    private static IEnumerable<(int Port, string Node, uint User)> Sockets(string table, string state)
    {
        if (!File.Exists(table))
        {
            yield break;
        }

        foreach (var line in File.ReadLines(table).Skip(1))
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length > 9 && columns[3] == state
                && int.TryParse(
                    columns[1].AsSpan(columns[1].LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port))
            {
                yield return (port, columns[9], uint.Parse(columns[7], CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>The inodes of the sockets that a process holds.</summary>
    private static List<string> Held(int process)
    {
        List<string> nodes = [];
        try
        {
            foreach (var file in Directory.EnumerateFiles(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/fd")))
            {
                if (new FileInfo(file).LinkTarget is { } target && target.StartsWith(SocketLink, StringComparison.Ordinal))
                {
                    nodes.Add(target[SocketLink.Length..^1]);
                }
            }
        }
        catch (Exception failure) when (Absence.IsMeantBy(failure))
        {
            // It ended meanwhile, or belongs to somebody else.
        }

        return nodes;
    }
}
