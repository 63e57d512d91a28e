using System.Net;
using Microsoft.EntityFrameworkCore;
using OpenTelemetry.Instrumentation.StackExchangeRedis;

namespace LibraryService.Libraries;

/// <summary>All uses whose servers are named.</summary>
internal static class LibraryUses
{
    /// <summary>Makes them; nothing is connected before it is used.</summary>
    /// <param name="settings">Where the servers are: <c>postgres</c>, <c>mysql</c>, <c>redis</c>, <c>rabbitmq</c>, <c>nats</c>, and the file <c>sqlite</c>.</param>
    /// <param name="clients">HttpClient's factory.</param>
    /// <param name="words">Where this service answers HTTP/1.1 for the uses.</param>
    /// <param name="grpc">Where it answers HTTP/2 without TLS, gRPC among it.</param>
    /// <param name="redisSpans">What makes spans of Redis commands, or null.</param>
    public static IEnumerable<ILibraryUse> Of(
        IConfiguration settings, IHttpClientFactory clients, Func<Uri> words, Func<Uri> grpc, StackExchangeRedisInstrumentation? redisSpans)
    {
        yield return new HttpUse("http", clients, words, HttpVersion.Version11);
        yield return new HttpUse("http-post", clients, words, HttpVersion.Version11, isSent: true);
        yield return new HttpUse("http2", clients, grpc, HttpVersion.Version20);
        yield return new HttpUse("http2-post", clients, grpc, HttpVersion.Version20, isSent: true);
        yield return new GrpcUse(grpc);
        yield return new GrpcStreamUse(grpc);
        yield return new OwnSpanUse();
        if (settings["sqlite"] is { } file)
        {
            var sqlite = $"Data Source={file}";
            yield return new SqliteUse(sqlite);
            yield return new EntityFrameworkUse("ef-sqlite", new DbContextOptionsBuilder<WordContext>().UseSqlite(sqlite).Options);
        }

        if (settings["postgres"] is { } postgres)
        {
            yield return new NpgsqlUse(postgres);
            yield return new EntityFrameworkUse("ef-npgsql", new DbContextOptionsBuilder<WordContext>().UseNpgsql(postgres).Options);
        }

        if (settings["mysql"] is { } mysql)
        {
            yield return new MySqlUse(mysql);
        }

        if (settings["redis"] is { } redis)
        {
            yield return new RedisUse("redis", redis, instrumentation: null);
            yield return new RedisUse("redis-traced", redis, redisSpans);
        }

        if (settings["rabbitmq"] is { } rabbit)
        {
            yield return new RabbitUse(new Uri(rabbit));
            yield return new MassTransitUse(new Uri(rabbit));
        }

        if (settings["nats"] is { } nats)
        {
            yield return new NatsUse(nats);
        }
    }
}
