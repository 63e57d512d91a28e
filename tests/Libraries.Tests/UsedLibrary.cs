namespace Libraries.Tests;

/// <summary>A library as the service uses it.</summary>
/// <param name="Path">Its path in the service.</param>
/// <param name="Server">The setting of its server (<see cref="Servers.IRealServer.Setting"/>), where it needs another one than the service itself.</param>
internal sealed record UsedLibrary(string Path, string? Server = null)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<UsedLibrary> All { get; } =
    [
        new("http"),
        new("http-post"),
        new("http2"),
        new("http2-post"),
        new("grpc"),
        new("grpc-stream"),
        new("own"),
        new("sqlite"),
        new("ef-sqlite"),
        new("npgsql", "postgres"),
        new("ef-npgsql", "postgres"),
        new("mysql", "mysql"),
        new("redis", "redis"),
        new("redis-traced", "redis"),
        new("rabbitmq", "rabbitmq"),
        new("masstransit", "rabbitmq"),
        new("nats", "nats"),
    ];

    public static UsedLibrary Of(string path) => All.Single(library => library.Path == path);
}
