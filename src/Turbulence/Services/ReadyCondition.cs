namespace Turbulence.Services;

/// <summary>
/// How it is seen that a service is ready: the way that its <c>ready</c> names. Each way is a file with its wire name in it.
/// </summary>
public abstract record ReadyCondition
{
    private protected ReadyCondition()
    {
    }

    /// <summary>When it is ready, in words that follow "ready when": <c>localhost:5432 takes a connection</c>.</summary>
    public abstract string Words { get; }

    /// <summary>Where it listens, in words; null for a way that names no place, where nothing is adopted.</summary>
    public virtual string? Place => null;

    /// <summary>The TCP port of <see cref="Place"/>; null where there is none.</summary>
    public virtual int? Port => null;

    /// <summary>The same where it is a port of this machine; null for one of another.</summary>
    public int? LocalPort => IsLoopback ? Port : null;

    /// <summary><c>host:port</c> of <see cref="Place"/>; null where there is none.</summary>
    internal virtual string? Address => null;

    /// <summary>What is missing as long as it is not ready, in words that "after 30 s" follows.</summary>
    internal abstract string Lack { get; }

    /// <summary>What is said when the time was over before there was any answer.</summary>
    internal virtual string NoAnswer => "it was not asked";

    /// <summary>The pause between two questions.</summary>
    internal virtual TimeSpan Gap => ServiceReadiness.Gap;

    private protected virtual bool IsLoopback => false;

    /// <summary>Asks once.</summary>
    /// <param name="readiness">What it asks with.</param>
    /// <param name="service">The service, where this run started it.</param>
    /// <param name="cancellationToken">Ends the question, and whatever was started for it.</param>
    /// <returns>Null when the service is ready; otherwise what came instead of a good answer.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal abstract Task<string?> AskAsync(ServiceReadiness readiness, SupervisedService? service, CancellationToken cancellationToken);
}
