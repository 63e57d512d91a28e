using System.Collections.Concurrent;

namespace RandomNumbers.RequireRand;

/// <summary>
/// The open connections to one server that nobody is using. A thread is given the one that it gave back last, or else another
/// thread's: what is received on its own wakes that same thread (see ServiceProgram), and so one thread serves a request from beginning to end.
/// </summary>
/// <param name="capacity">How many are kept; the others are closed.</param>
internal sealed class ConnectionPool(int capacity)
{
    private readonly ConcurrentBag<ServerConnection> idle = [];
    private int count;

    /// <summary>Takes an open connection, or null when there is none.</summary>
    public ServerConnection? Take()
    {
        if (!idle.TryTake(out var connection))
        {
            return null;
        }

        Interlocked.Decrement(ref count);
        return connection;
    }

    /// <summary>Gives a connection back, for the next request.</summary>
    public void Keep(ServerConnection connection)
    {
        if (Interlocked.Increment(ref count) > capacity)
        {
            Interlocked.Decrement(ref count);
            connection.Dispose();
            return;
        }

        idle.Add(connection);
    }
}
