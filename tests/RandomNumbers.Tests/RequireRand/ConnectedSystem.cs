using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RandomNumbers.RequireRand;

namespace RandomNumbers.Tests.RequireRand;

/// <summary>The clients of require_rand with their real connections, and a clock of the test's.</summary>
internal sealed class ConnectedSystem : IAsyncDisposable
{
    private static readonly byte[] Question = JsonSerializer.SerializeToUtf8Bytes(new NumberRequest("10"), WireJson.Default.NumberRequest);

    private readonly ServiceProvider provider;

    public ConnectedSystem(params string[] urls)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddRandServers([.. urls.Select(url => new RandServerAddress(url, new Uri(url)))], new ResilienceSettings());
        provider = services.BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; } = new();

    public async Task<ServerReply> AskAsync(int position) =>
        await provider.GetRequiredService<IReadOnlyList<RandServerClient>>()[position]
            .AskAsync(Question, Deadline.Token)
            .AsTask()
            .WaitAsync(Deadline.Generous, Deadline.Token);

    public ValueTask DisposeAsync() => provider.DisposeAsync();
}
