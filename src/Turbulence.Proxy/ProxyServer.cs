using Turbulence.Proxy.Decisions;
using Turbulence.Proxy.Loops;

namespace Turbulence.Proxy;

/// <summary>
/// Proxies that pass connections of TCP and datagrams of UDP on, and make them slow, half-open, broken or lying as their toxics say. All
/// members may be called from any thread, and none holds connections up.
/// </summary>
public sealed class ProxyServer : IAsyncDisposable
{
    private const int MostThreads = 64;

    private readonly Dictionary<string, FaultProxy> proxies = new(StringComparer.Ordinal);
    private readonly List<FaultProxy> ordered = [];
    private readonly SemaphoreSlim changes = new(1, 1);
    private readonly Lock gate = new();
    private bool isDisposed;

    /// <summary>Starts its threads; there is no proxy yet.</summary>
    /// <param name="options">How it works. Default: as the options' defaults say.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="IOException">There are no open files or no memory left.</exception>
    public ProxyServer(ProxyServerOptions? options = null)
    {
        options ??= new ProxyServerOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Threads, MostThreads, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MostHeldBytes, 0, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(
            options.MostDecisionBytes ?? ProxyServerOptions.LeastDecisionBytes, ProxyServerOptions.LeastDecisionBytes, nameof(options));
        Options = options;
        Log = options.Decisions is { } stream ? new DecisionLog(
            stream,
            options.Threads,
            options.Time,
            options.Seed,
            options.OnDecisionsFailed,
            options.MostDecisionBytes,
            options.MaskDecisions) : null;
        Loops = [.. Enumerable
            .Range(0, options.Threads)
            .Select(number => new ProxyLoop(number, options.Time, options.IsPortable, options.MostHeldBytes / options.Threads))];
    }

    /// <summary>The proxies, in the order in which they were made.</summary>
    public IReadOnlyList<FaultProxy> Proxies
    {
        get
        {
            lock (gate)
            {
                return [.. ordered];
            }
        }
    }

    /// <summary>How the log of <see cref="ProxyServerOptions.Decisions"/> does; null where there is none.</summary>
    public DecisionLogState? Decisions => Log is { } log ? new DecisionLogState(log.Written, log.Lost, log.Failure) : null;

    internal ProxyServerOptions Options { get; }

    internal DecisionLog? Log { get; }

    internal IReadOnlyList<ProxyLoop> Loops { get; }

    /// <summary>The proxy of a name; null for none.</summary>
    /// <param name="name">The name.</param>
    public FaultProxy? Find(string name)
    {
        lock (gate)
        {
            return proxies.GetValueOrDefault(name);
        }
    }

    /// <summary>Makes a proxy. It listens when this has ended, unless it is not enabled.</summary>
    /// <param name="options">The proxy.</param>
    /// <param name="toxics">The toxics that it has from its first connection on. Default: none.</param>
    /// <exception cref="ProxyException">It cannot be made; nothing of it stays.</exception>
    public async Task<FaultProxy> CreateAsync(ProxyOptions options, IReadOnlyList<ToxicOptions>? toxics = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        await changes.WaitAsync();
        try
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (options.Name.Length == 0)
            {
                throw new ProxyException(ProxyProblem.MissingName, "missing required field: name");
            }

            if (Find(options.Name) is not null)
            {
                throw new ProxyException(ProxyProblem.ProxyExists, "proxy already exists");
            }

            var proxy = new FaultProxy(this, options);
            await proxy.BeginAsync(toxics ?? []);
            lock (gate)
            {
                proxies.Add(options.Name, proxy);
                ordered.Add(proxy);
            }

            return proxy;
        }
        finally
        {
            changes.Release();
        }
    }

    /// <summary>Takes a proxy away, and closes its connections.</summary>
    /// <param name="name">The proxy's name.</param>
    /// <exception cref="ProxyException">There is none of that name.</exception>
    public async Task RemoveAsync(string name)
    {
        await changes.WaitAsync();
        try
        {
            var proxy = Find(name) ?? throw new ProxyException(ProxyProblem.ProxyNotFound, "proxy not found");
            await proxy.EndAsync();
            lock (gate)
            {
                proxies.Remove(name);
                ordered.Remove(proxy);
            }
        }
        finally
        {
            changes.Release();
        }
    }

    /// <summary>Removes all toxics of all proxies, and enables all that are not.</summary>
    /// <exception cref="ProxyException">One cannot be enabled; the others are reset all the same.</exception>
    public async Task ResetAsync()
    {
        ProxyException? failure = null;
        foreach (var proxy in Proxies)
        {
            try
            {
                await proxy.ResetAsync();
            }
            catch (ProxyException problem)
            {
                failure ??= problem;
            }
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    /// <summary>Closes all connections and listeners, and ends the threads. Receipts are written by then.</summary>
    public async ValueTask DisposeAsync()
    {
        await changes.WaitAsync();
        try
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
            foreach (var proxy in Proxies)
            {
                await proxy.EndAsync();
            }

            foreach (var loop in Loops)
            {
                await loop.DisposeAsync();
            }

            Log?.End();
        }
        finally
        {
            changes.Release();
        }
    }
}
