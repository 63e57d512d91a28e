using System.Text;

namespace RandomNumbers.RequireRand;

/// <summary>One user's question on its way: whom it has been put to, and what became of that. No server is asked twice.</summary>
/// <param name="question">What each server is sent.</param>
/// <param name="servers">The servers, the first one first.</param>
internal sealed class Asking(byte[] question, IReadOnlyList<RandServerClient> servers)
{
    private readonly IReadOnlyList<RandServerClient> order = Order(servers);
    private readonly string?[] reasons = new string?[servers.Count];
    private int asked;
    private int failed;

    /// <summary>True while there is a server that was not asked.</summary>
    public bool CanGoOn => Volatile.Read(ref asked) < order.Count;

    /// <summary>True where nobody is left who might still answer.</summary>
    public bool EveryoneAskedHasFailed => Volatile.Read(ref failed) == Volatile.Read(ref asked);

    /// <summary>Asks the next server.</summary>
    /// <param name="cancellationToken">Cancelled when another one has answered.</param>
    public ValueTask<ServerReply> AskNextAsync(CancellationToken cancellationToken) => AskAsync(order[asked++], cancellationToken);

    /// <summary>What the user is told when nobody answered.</summary>
    public ServerReply.Failed Failure()
    {
        var text = new StringBuilder("no rand server answered");
        for (var index = 0; index < servers.Count; index++)
        {
            text.Append('\n').Append($"{servers[index].Address.Name} at {servers[index].Address.Url}: {reasons[index]}");
        }

        return new ServerReply.Failed(text.ToString());
    }

    private async ValueTask<ServerReply> AskAsync(RandServerClient server, CancellationToken cancellationToken)
    {
        var reply = await server.AskAsync(question, cancellationToken);
        if (reply is ServerReply.Failed failure)
        {
            reasons[server.Position] = failure.Reason;
            Interlocked.Increment(ref failed);
        }

        return reply;
    }

    /// <summary>
    /// Servers whose breaker is open come last, and are asked all the same when the others have failed: an answer that is unlikely is
    /// better than none for sure.
    /// </summary>
    private static IReadOnlyList<RandServerClient> Order(IReadOnlyList<RandServerClient> servers) =>
        servers.All(static server => server.IsTrusted) ? servers : [.. servers.OrderByDescending(static server => server.IsTrusted)];
}
