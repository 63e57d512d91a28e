using Turbulence.Values;

namespace Turbulence.Services;

/// <summary>Starts the fault proxies of a run, all of them in one process of its own.</summary>
public interface IProxyHost
{
    /// <summary>Starts them.</summary>
    /// <param name="proxies">The proxies, as they are declared; at least one.</param>
    /// <param name="seed">What their decisions by chance come from.</param>
    /// <param name="receipts">Where they add a line for whatever they hit; null for nowhere.</param>
    /// <param name="environment">Has the mark by which the process is found when it outlives the run.</param>
    /// <param name="cancellationToken">Ends the start; nothing of it is left then.</param>
    /// <returns>The process, in which all listen and whose API answers, or why there is none, in one line.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<(IProxyProcess? Process, string? Problem)> StartAsync(
        IReadOnlyList<ServiceProxy> proxies,
        long seed,
        ReceiptOrder? receipts,
        RunEnvironment environment,
        CancellationToken cancellationToken);
}
