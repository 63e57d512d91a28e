namespace Turbulence.Services;

/// <summary>Asks services whether they are ready, and holds what the ways of asking have in common.</summary>
/// <param name="time">Paces the questions.</param>
internal sealed class ServiceReadiness(TimeProvider time) : IDisposable
{
    /// <summary>The pause between two questions that cost little.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(20);

    /// <summary>How long one answer may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Sends requests, each on a connection of its own.</summary>
    public HttpMessageInvoker Client { get; } = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.Zero,
    });

    /// <summary>Asks until the service is ready or the token is cancelled.</summary>
    /// <param name="condition">How it is seen.</param>
    /// <param name="service">The service, where this run started it.</param>
    /// <param name="last">Told what came instead of a good answer, each time.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before the service was ready.</exception>
    public async Task WaitAsync(
        ReadyCondition condition, SupervisedService? service, Action<string> last, CancellationToken cancellationToken)
    {
        while (await condition.AskAsync(this, service, cancellationToken) is { } answer)
        {
            last(answer);
            await Task.Delay(condition.Gap, time, cancellationToken);
        }
    }

    /// <summary>The time limit of one answer.</summary>
    /// <param name="cancellationToken">Ends it earlier.</param>
    /// <param name="patience">How long it may take; <see cref="Patience"/> where nothing is said.</param>
    public ReadinessLimit Limit(CancellationToken cancellationToken, TimeSpan? patience = null) =>
        new(patience ?? Patience, time, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}
