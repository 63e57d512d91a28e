namespace RandomNumbers.RequireRand;

/// <summary>Tries every server whose breaker is open, again and again until it answers; sleeps while there is none.</summary>
/// <param name="servers">The servers.</param>
/// <param name="settings">How often.</param>
/// <param name="time">The clock.</param>
internal sealed class ServerTrials(IReadOnlyList<RandServerClient> servers, ResilienceSettings settings, TimeProvider time)
    : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(servers.Select(server => TryAsync(server, stoppingToken)));

    private async Task TryAsync(RandServerClient server, CancellationToken stoppingToken)
    {
        while (true)
        {
            await server.DistrustedAsync(stoppingToken);
            while (!server.IsTrusted)
            {
                await Task.Delay(settings.TrialEvery, time, stoppingToken);
                await server.TryAsync(stoppingToken);
            }
        }
    }
}
