using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace Turbulence.Services;

/// <summary><c>ready.tcp</c>: ready when a TCP connection is taken; nothing is sent.</summary>
/// <param name="Host">A name or an address; of a name's addresses the first that takes the connection counts.</param>
/// <param name="Number">The port, 1 to 65535.</param>
public sealed record TcpReadiness(string Host, int Number) : ReadyCondition
{
    /// <summary>The key of <c>ready</c>.</summary>
    internal const string Key = "tcp";

    /// <inheritdoc/>
    public override string Words => $"{Place} takes a connection";

    /// <inheritdoc/>
    public override string Place => new HostAndPort(Host, Number).ToString();

    /// <inheritdoc/>
    public override int? Port => Number;

    internal override string? Address => Place;

    internal override string Lack => $"{Place} takes no connection";

    private protected override bool IsLoopback => new HostAndPort(Host, Number).IsLoopback;

    /// <summary>Reads <c>host:port</c>, <c>[address]:port</c>, or a port of this machine.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out TcpReadiness? tcp)
    {
        tcp = HostAndPort.TryRead(text, out var place) ? new TcpReadiness(place.Host, place.Port) : null;
        return tcp is not null;
    }

    internal override async Task<string?> AskAsync(
        ServiceReadiness readiness, SupervisedService? service, CancellationToken cancellationToken)
    {
        using var limit = readiness.Limit(cancellationToken);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(Host, Number, limit.Token);

            // A port that nobody listens on can be given to the very connection that asks for it, which then reaches itself (RFC 9293, 3.5:
            // simultaneous open).
            return client.Client.LocalEndPoint!.Equals(client.Client.RemoteEndPoint) ? "nobody listens there" : null;
        }
        catch (SocketException failure)
        {
            return failure.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"there is no answer within {ServiceReadiness.Patience.TotalSeconds} s";
        }
    }
}
