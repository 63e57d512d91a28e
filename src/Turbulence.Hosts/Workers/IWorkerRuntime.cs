namespace Turbulence.Hosts.Workers;

/// <summary>A language whose code a worker can carry out: knows how to start one on this machine.</summary>
public interface IWorkerRuntime
{
    /// <summary>The language, for people: <c>Python</c>, <c>.NET</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Finds out how a worker is started. Asked before every start of one, so that what was found is worth keeping. What can be
    /// expected to go wrong (nothing installed, too old a version) comes back as a value.
    /// </summary>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<WorkerLaunchSearch> FindAsync(CancellationToken cancellationToken);
}
