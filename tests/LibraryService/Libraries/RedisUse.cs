using OpenTelemetry.Instrumentation.StackExchangeRedis;
using StackExchange.Redis;

namespace LibraryService.Libraries;

/// <summary>StackExchange.Redis, with the one connection that its users share.</summary>
/// <param name="name">The path.</param>
/// <param name="configuration">The server.</param>
/// <param name="instrumentation">What makes spans of its commands, or null.</param>
internal sealed class RedisUse(string name, string configuration, StackExchangeRedisInstrumentation? instrumentation) : ILibraryUse
{
    private readonly Lazy<Task<ConnectionMultiplexer>> connecting = new(async () =>
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(configuration);
        instrumentation?.AddConnection(connection);
        return connection;
    });

    public string Name => name;

    public async Task<string> UseAsync(CancellationToken cancelling)
    {
        var redis = (await connecting.Value.WaitAsync(cancelling)).GetDatabase();
        await redis.StringSetAsync(name, name);
        return (await redis.StringGetAsync(name))!;
    }

    public async ValueTask DisposeAsync()
    {
        if (connecting.IsValueCreated)
        {
            await (await connecting.Value).DisposeAsync();
        }
    }
}
