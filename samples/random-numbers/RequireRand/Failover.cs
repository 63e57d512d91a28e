using System.Runtime.CompilerServices;
using System.Text;

namespace RandomNumbers.RequireRand;

/// <summary>Asks rand servers in order until one answers.</summary>
/// <param name="servers">At least one; the first is asked first.</param>
public sealed class Failover(IReadOnlyList<RandServerClient> servers)
{
    /// <summary>Asks for a number.</summary>
    /// <param name="request">What each server is sent.</param>
    /// <returns>The first number or refusal; when no server gave one, a failure that names each server and its reason.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ServerReply> AskAsync(byte[] request)
    {
        StringBuilder? failures = null;
        foreach (var server in servers)
        {
            var reply = await server.AskAsync(request);
            if (reply is not ServerReply.Failed failed)
            {
                return reply;
            }

            failures ??= new StringBuilder("no rand server answered");
            failures.Append('\n').Append($"{server.Address.Name} at {server.Address.Url}: {failed.Reason}");
        }

        return new ServerReply.Failed(failures!.ToString());
    }
}
