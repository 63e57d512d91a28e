namespace Turbulence.Services;

/// <summary>A token that is cancelled after a time, or with another token.</summary>
internal sealed class ReadinessLimit : IDisposable
{
    private readonly CancellationTokenSource limit;
    private readonly CancellationTokenSource either;

    /// <summary>Begins now.</summary>
    public ReadinessLimit(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        limit = new CancellationTokenSource(patience, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
    }

    /// <summary>The token.</summary>
    public CancellationToken Token => either.Token;

    /// <summary>Cancels it now.</summary>
    public Task CancelAsync() => either.CancelAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        either.Dispose();
        limit.Dispose();
    }
}
