namespace RandomNumbers.RequireRand;

/// <summary>The open connections to one server that nobody is using; the last one used is the first one taken.</summary>
/// <param name="capacity">How many are kept; the others are closed.</param>
internal sealed class ConnectionPool(int capacity)
{
    private readonly Lock turn = new();
    private readonly Stack<ServerConnection> idle = new();

    /// <summary>Takes an open connection, or null when there is none.</summary>
    public ServerConnection? Take()
    {
        lock (turn)
        {
            return idle.TryPop(out var connection) ? connection : null;
        }
    }

    /// <summary>Gives a connection back, for the next request.</summary>
    public void Keep(ServerConnection connection)
    {
        lock (turn)
        {
            if (idle.Count < capacity)
            {
                idle.Push(connection);
                return;
            }
        }

        connection.Dispose();
    }
}
