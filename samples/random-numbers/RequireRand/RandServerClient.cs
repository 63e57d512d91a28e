using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace RandomNumbers.RequireRand;

/// <summary>
/// Asks one rand server, over connections that are kept open. What waits for an answer is pooled here, in <see cref="Failover"/> and
/// in <see cref="ServerConnection"/>: each task is awaited once, and under load there is one of each for every open request.
/// </summary>
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
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ServerReply> AskAsync(byte[] request)
    {
        var deadline = deadlines.TryTake(out var used) ? used : new CancellationTokenSource();
        deadline.CancelAfter(timeout);
        try
        {
            return await AskAsync(request, deadline.Token);
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
    /// Asks over a kept connection if there is one, and over a new one if that turns out broken: it can have died unnoticed, with
    /// the server or before a restart of it, which says nothing about the server now, and drawing twice does no harm.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ServerReply> AskAsync(byte[] request, CancellationToken cancellationToken)
    {
        var connection = pool.Take();
        var kept = connection is not null;
        while (true)
        {
            connection ??= new ServerConnection();
            try
            {
                if (!kept)
                {
                    await connection.ConnectAsync(Address.Url, cancellationToken);
                }

                var response = await connection.ExchangeAsync(head, request, cancellationToken);
                var reply = ServerReply.From(response.Status, connection.Body(response));
                if (response.Reusable)
                {
                    pool.Keep(connection);
                    connection = null;
                }

                return reply;
            }
            catch (Exception error) when (kept && error is IOException or SocketException)
            {
                kept = false;
            }
            finally
            {
                connection?.Dispose();
            }

            connection = null;
        }
    }
}
