using Microsoft.Extensions.Hosting;

namespace Turbulence.Aspire.Hosting;

/// <summary>Tells the room that the AppHost ends. It is stopped before what came before it, which the orchestrator did.</summary>
/// <param name="room">The room.</param>
internal sealed class ChaosEnd(ChaosRoom room) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => room.CloseAsync();
}
