using System.Globalization;
using Turbulence.Platform.Processes;

namespace Turbulence.Platform.Sockets;

/// <summary>Finds who listens on a TCP port of this machine, from <c>/proc</c>. Elsewhere than on Linux nobody is found.</summary>
public static class ListeningProcess
{
    private const string Listening = "0A";
    private const string SocketLink = "socket:[";

    /// <summary>The processes that hold a socket which listens on <paramref name="port"/>, on any local address; those that we may not look into are left out.</summary>
    /// <param name="port">The TCP port, 1 to 65535.</param>
    public static IReadOnlyList<ProcessStatus> Find(int port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        var sockets = Sockets("/proc/net/tcp", port).Concat(Sockets("/proc/net/tcp6", port)).ToHashSet(StringComparer.Ordinal);
        return sockets.Count == 0 ? [] : [.. ProcessTable.List().Where(process => process.IsAlive && Holds(process.Id, sockets))];
    }

    /// <summary>The inodes of the listening sockets; the columns are those of proc(5), <c>/proc/net/tcp</c>.</summary>
    private static IEnumerable<string> Sockets(string table, int port)
    {
        if (!File.Exists(table))
        {
            yield break;
        }

        var ending = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        foreach (var line in File.ReadLines(table).Skip(1))
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length > 9 && columns[3] == Listening && columns[1].EndsWith(ending, StringComparison.Ordinal))
            {
                yield return columns[9];
            }
        }
    }

    private static bool Holds(int process, HashSet<string> sockets)
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/fd")))
            {
                var target = new FileInfo(file).LinkTarget;
                if (target is not null && target.StartsWith(SocketLink, StringComparison.Ordinal) && sockets.Contains(target[SocketLink.Length..^1]))
                {
                    return true;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or belongs to somebody else.
        }

        return false;
    }
}
