using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace RandomNumbers.RequireRand;

/// <summary>Asks one rand server, over connections that are kept open.</summary>
public sealed class RandServerClient
{
    private const int KeptConnections = 128;

    private readonly TimeSpan timeout;
    private readonly byte[] head;
    private readonly ConnectionPool pool = new(KeptConnections);
    private readonly ConcurrentBag<CancellationTokenSource> deadlines = [];

    /// <summary>Makes a client; nothing is connected yet.</summary>
    /// <param name="address">The server.</param>
    /// <param name="timeout">How long the server may take for its answer, connecting and a second try included.</param>
    public RandServerClient(RandServerAddress address, TimeSpan timeout)
    {
        Address = address;
        this.timeout = timeout;
        head = Encoding.ASCII.GetBytes(
            $"POST {address.Url.PathAndQuery} HTTP/1.0\r\nHost: {address.Url.IdnHost}:{address.Url.Port}\r\nConnection: keep-alive\r\n" +
            "Content-Type: application/json\r\nContent-Length: ");
    }

    /// <summary>The server that is asked.</summary>
    public RandServerAddress Address { get; }

    /// <summary>Asks the server; takes no longer than the timeout.</summary>
    /// <param name="request">The JSON of the request.</param>
    public async ValueTask<ServerReply> AskAsync(byte[] request)
    {
        var deadline = deadlines.TryTake(out var used) ? used : new CancellationTokenSource();
        deadline.CancelAfter(timeout);
        try
        {
            return await AskKeptAsync(request, deadline.Token) ?? await AskFreshAsync(request, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            return new ServerReply.Failed($"timed out after {timeout.TotalSeconds} s");
        }
        catch (SocketException error)
        {
            return new ServerReply.Failed(error.SocketErrorCode == SocketError.ConnectionRefused ? "connection refused" : error.Message);
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            return new ServerReply.Failed(error.Message);
        }
        finally
        {
            if (deadline.TryReset())
            {
                deadlines.Add(deadline);
            }
            else
            {
                deadline.Dispose();
            }
        }
    }

    /// <summary>
    /// Asks over a kept connection; null when there is none, or when it turns out broken. It can have died unnoticed, with the
    /// server or before a restart of it, which says nothing about the server now: drawing twice does no harm, so a new
    /// connection decides.
    /// </summary>
    private async ValueTask<ServerReply?> AskKeptAsync(byte[] request, CancellationToken cancellationToken)
    {
        if (pool.Take() is not { } connection)
        {
            return null;
        }

        try
        {
            return await AskAsync(connection, request, cancellationToken);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            return null;
        }
    }

    private async ValueTask<ServerReply> AskFreshAsync(byte[] request, CancellationToken cancellationToken)
    {
        var connection = new ServerConnection();
        try
        {
            await connection.ConnectAsync(Address.Url, cancellationToken);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return await AskAsync(connection, request, cancellationToken);
    }

    private async ValueTask<ServerReply> AskAsync(ServerConnection connection, byte[] request, CancellationToken cancellationToken)
    {
        var reusable = false;
        try
        {
            var response = await connection.ExchangeAsync(head, request, cancellationToken);
            reusable = response.Reusable;
            return ServerReply.From(response.Status, connection.Body(response));
        }
        finally
        {
            if (reusable)
            {
                pool.Keep(connection);
            }
            else
            {
                connection.Dispose();
            }
        }
    }
}
