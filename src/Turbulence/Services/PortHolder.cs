using System.Globalization;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Sockets;

namespace Turbulence.Services;

/// <summary>Who listens on the port of a service.</summary>
/// <param name="Words">The process and its command line, for people.</param>
/// <param name="IsRecognised">Whether it is what the service's <c>run</c> starts.</param>
public sealed record PortHolder(string Words, bool IsRecognised)
{
    private const string Stranger = "a process of another user";

    /// <summary>
    /// Who listens on the port of the service's <c>ready.url</c> or <c>ready.tcp</c>; of several, the first that is not what <c>run</c>
    /// starts.
    /// </summary>
    /// <returns>Null when nobody listens there, or the service has neither.</returns>
    public static PortHolder? Find(ServiceDefinition definition)
    {
        if (definition.Ready?.Port is not { } port)
        {
            return null;
        }

        PortHolder? found = null;
        foreach (var process in ListeningProcess.Find(port))
        {
            found = new PortHolder(Of(process), ServiceRecognition.Is(definition, process));
            if (!found.IsRecognised)
            {
                return found;
            }
        }

        return found is null && ListeningProcess.IsListening(port) ? new PortHolder(Stranger, IsRecognised: false) : found;
    }

    /// <summary>Who has the port that a proxy is to listen on, in words; null when nobody has, or it is not known which it is.</summary>
    /// <param name="proxy">The proxy.</param>
    /// <param name="own">A process that may have it; null for none.</param>
    public static string? WordsFor(ServiceProxy proxy, int? own = null)
    {
        if (!HostAndPort.TryRead(proxy.Listen, out var listen))
        {
            return null;
        }

        var protocol = proxy.IsUdp ? PortProtocol.Udp : PortProtocol.Tcp;
        var holders = ListeningProcess.Find(listen.Port, protocol);
        return own is { } process && holders.Any(holder => holder.Id == process) ? null
            : holders is [var first, ..] ? Of(first)
            : ListeningProcess.IsListening(listen.Port, protocol) ? Stranger : null;
    }

    private static string Of(ProcessStatus process)
    {
        var words = ProcessTable.CommandLine(process.Id) is { Count: > 0 } line
            ? string.Join(' ', line.Select(static word => word.Trim())).ReplaceLineEndings(" ")
            : process.Name;
        return string.Create(CultureInfo.InvariantCulture, $"process {process.Id} ({words})");
    }
}
