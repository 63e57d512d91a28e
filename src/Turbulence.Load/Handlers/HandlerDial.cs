using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Turbulence.Load.Connections;
using Turbulence.Platform.Processes;

namespace Turbulence.Load.Handlers;

/// <summary>
/// Connects the framework's client as <see cref="ConnectionDial"/> does bare sockets: a name is looked up once, the address that answered
/// last is tried first, and the next one where it refuses or says nothing for a while. By itself the client waits for the first address as
/// long as the system does, and of several that fail it tells what the last one said.
/// </summary>
/// <param name="known">The servers whose names were looked up before the first request.</param>
/// <param name="time">The clock.</param>
internal sealed class HandlerDial(IReadOnlyDictionary<DnsEndPoint, LoadOrigin> known, TimeProvider time)
{
    private readonly ConcurrentDictionary<DnsEndPoint, Lazy<Task<LoadOrigin>>> others = new();

    /// <summary>Connects.</summary>
    /// <param name="to">A server, or a proxy.</param>
    /// <param name="cancellationToken">Nobody waits for it any more.</param>
    /// <exception cref="SocketException">None of its addresses answers, or nobody knows its name.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint to, CancellationToken cancellationToken)
    {
        var origin = known.TryGetValue(to, out var server) ? server : await others.GetOrAdd(to, Made).Value.WaitAsync(cancellationToken);
        var addresses = origin.Addresses;
        var first = origin.First;
        var failure = SocketError.HostNotFound;
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task<(Socket? Made, SocketError Error, EndPoint Address)>> going = [];
        for (var tried = 0; tried < addresses.Count || going.Count > 0;)
        {
            if (tried < addresses.Count)
            {
                going.Add(TryAsync(addresses[(first + tried++) % addresses.Count], lost.Token));
            }

            if (tried < addresses.Count)
            {
                await Task.WhenAny([.. going, Task.Delay(ConnectionDial.AttemptPatience, time, lost.Token)]);
            }
            else
            {
                await Task.WhenAny(going);
            }

            foreach (var ended in going.Where(static one => one.IsCompleted).ToList())
            {
                going.Remove(ended);
                var (made, error, address) = await ended;
                if (made is not null)
                {
                    await lost.CancelAsync();
                    going.ForEach(static late => _ = CloseAsync(late));
                    origin.Prefer(address);
                    return new NetworkStream(made, ownsSocket: true);
                }

                failure = SocketShortage.Weightier(failure, error);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        throw new SocketException((int)SocketShortage.Told(failure, addresses));
    }

    private static async Task<(Socket? Made, SocketError Error, EndPoint Address)> TryAsync(
        EndPoint address, CancellationToken cancellationToken)
    {
        Socket? made = null;
        try
        {
            made = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if ((int)made.Handle >= OpenFilesLimit.FirstSpared)
            {
                // The framework ends the program where it has none left for itself.
                made.Dispose();
                return (null, SocketError.TooManyOpenSockets, address);
            }

            await made.ConnectAsync(address, cancellationToken);
            return (made, SocketError.Success, address);
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            made?.Dispose();
            return (null, failure is SocketException { SocketErrorCode: var error } ? error : SocketError.OperationAborted, address);
        }
    }

    // Another address was quicker.
    private static async Task CloseAsync(Task<(Socket? Made, SocketError Error, EndPoint Address)> late) => (await late).Made?.Dispose();

    private static Lazy<Task<LoadOrigin>> Made(DnsEndPoint to) => new(async () =>
    {
        var origin = new LoadOrigin(to.Host, to.Port);
        await origin.ResolveAsync(CancellationToken.None);
        return origin;
    });
}
