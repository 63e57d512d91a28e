using Turbulence.Faults.Proxies;
using Turbulence.Runs.Requests;
using Turbulence.Services;

namespace Turbulence.Runs.Scopes;

/// <summary>
/// Fault proxies for code that calls others: <c>your code ─▶ 127.0.0.1:PORT ─▶ the upstream</c>. They are in a process of their own,
/// <c>chaos proxy serve</c>, which ends with this one, however that ends; their API listens on the loopback and wants a token.
/// </summary>
public sealed class FaultProxies : IAsyncDisposable
{
    private const string AnyPort = "127.0.0.1:0";

    private readonly LentProxies lent;

    private FaultProxies(LentProxies lent)
    {
        this.lent = lent;
        Ended = EndAsync(lent);
    }

    /// <summary>
    /// Ends when their process does, however that comes, with a line that says so. Whoever calls through them is refused from then on.
    /// </summary>
    public Task<string> Ended { get; }

    /// <summary>Starts them; there is none yet.</summary>
    /// <param name="place">Names the program, and the seed of what their toxics decide by chance. Default: here.</param>
    /// <param name="cancellationToken">Ends the start; nothing of it is left then.</param>
    /// <exception cref="InvalidOperationException">They cannot be started; the message says why.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<FaultProxies> StartAsync(RunPlace? place = null, CancellationToken cancellationToken = default)
    {
        var where = place ?? new RunPlace();
        var (lent, problem) = await new FaultRoom(where).Proxies.LendAsync(where.Seed ?? new Random().Next(), cancellationToken);
        return lent is null ? throw new InvalidOperationException($"the fault proxies cannot be started: {problem}") : new FaultProxies(lent);
    }

    /// <summary>Makes a proxy in front of somebody.</summary>
    /// <param name="name">Its name: letters, digits, <c>.</c>, <c>_</c> and <c>-</c>; one of a kind in here.</param>
    /// <param name="upstream">Who is behind it: <c>host:port</c>.</param>
    /// <param name="listen">Where it listens. Default: a free port of 127.0.0.1.</param>
    /// <exception cref="InvalidOperationException">It cannot be made; the message says why.</exception>
    public async Task<FaultProxy> AddAsync(string name, string upstream, string listen = AnyPort)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(upstream);
        var (listens, problem) = await lent.MakeAsync(
            new ServiceProxy(name, null, null) { Listen = listen, Upstream = upstream }, CancellationToken.None);
        return listens is null
            ? throw new InvalidOperationException(problem)
            : new FaultProxy(name, listens, upstream, lent);
    }

    private static async Task<string> EndAsync(LentProxies lent) =>
        $"the process {lent.Identity.Id} of the fault proxies {await lent.EndedAsync()}";

    /// <summary>Ends them, and with them whatever is in them.</summary>
    public ValueTask DisposeAsync() => lent.DisposeAsync();
}
