namespace Turbulence.Telemetry.Delivery;

/// <summary>
/// How far the end of a run is: from <see cref="Begun"/> on nobody waits for a collector that is not there, and after <see cref="Over"/>
/// for none.
/// </summary>
internal sealed class DeliveryEnding : IDisposable
{
    /// <summary>How long a run that is over waits for collectors, all together.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource begun = new();
    private readonly CancellationTokenSource over = new();

    /// <summary>Whether the run has ended.</summary>
    public bool HasBegun => begun.IsCancellationRequested;

    /// <summary>The run has ended.</summary>
    public CancellationToken Begun => begun.Token;

    /// <summary>Nothing more is sent.</summary>
    public CancellationToken Over => over.Token;

    /// <summary>The run has ended.</summary>
    public void Begin() => begun.Cancel();

    /// <summary>Nothing more is sent.</summary>
    public void Finish() => over.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        begun.Dispose();
        over.Dispose();
    }
}
