namespace Turbulence.Running.Faults;

/// <summary>The keeper of a run in which no fault can be injected.</summary>
internal sealed class NoFaults : IFaultKeeper
{
    private NoFaults()
    {
    }

    /// <summary>The one there is; it keeps nothing.</summary>
    public static NoFaults Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask<string?> BeginAsync(FaultScene scene, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

    /// <inheritdoc/>
    public ValueTask TakeBackAsync() => ValueTask.CompletedTask;
}
