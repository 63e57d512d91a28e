using System.Text.Json.Nodes;

namespace Libraries.Tests.Faults;

/// <summary>What reaches a library from inside its process, and what its user then sees.</summary>
/// <param name="Path">The library's path in the service.</param>
/// <param name="Kind">The kind of fault.</param>
/// <param name="Match">Which operations it is to hit, as arguments.</param>
/// <param name="Failure">How they fail, as arguments.</param>
/// <param name="Types">The exception that comes out of the library, and those inside it.</param>
internal sealed record LibraryFault(string Path, string Kind, JsonObject Match, JsonObject Failure, params string[] Types)
{
    private const string Http = "dotnet.http";
    private const string Request = "dotnet.request";
    private const string Span = "dotnet.span";
    private const string Socket = "System.Net.Sockets.SocketException";
    private const string HttpFailure = "System.Net.Http.HttpRequestException";
    private const string Rpc = "Grpc.Core.RpcException";
    private const string EntityFramework = "Microsoft.EntityFrameworkCore";
    private const string CommandExecuting = $"{EntityFramework}.Database.Command.CommandExecuting";

    /// <summary>All that there are, for a service on these ports.</summary>
    /// <param name="words">Where it answers its own HttpClient over HTTP/1.1.</param>
    /// <param name="grpc">Where it answers over HTTP/2.</param>
    public static IReadOnlyList<LibraryFault> All(int words, int grpc) =>
    [
        new("http", Http, new() { ["host"] = $"127.0.0.1:{words}" }, Refused(), HttpFailure, Socket),
        new("http-post", Http, new() { ["host"] = $"127.0.0.1:{words}", ["method"] = "POST" }, Refused(), HttpFailure, Socket),
        new("http2", Http, new() { ["path"] = "^/words/http2$" }, Refused(), HttpFailure, Socket),
        new("http2-post", Http, new() { ["host"] = $"127.0.0.1:{grpc}", ["path"] = "^/echo$" }, Refused(), HttpFailure, Socket),
        new("grpc", Http, new() { ["path"] = "^/words.Words/Say$" }, Refused(), Rpc, HttpFailure, Socket),
        new("grpc", Span, new() { ["source"] = "Grpc.Net.Client", ["tags"] = new JsonArray("grpc.method=/words.Words/Say") }, Fails(), Rpc, HttpFailure, Socket),
        new("grpc-stream", Http, new() { ["path"] = "^/words.Words/SayEach$" }, Refused(), Rpc, HttpFailure, Socket),
        new("http", Request, new() { ["route"] = "/words/{word}", ["method"] = "GET" }, new() { ["status"] = 503 }, HttpFailure),
        new("grpc", Request, new() { ["route"] = "/words.Words/Say" }, new() { ["status"] = 503 }, Rpc),
        new(
            "own", Span, new() { ["source"] = "LibraryService.*", ["operation"] = "place order", ["tags"] = new JsonArray("order.kind=word") },
            new() { ["exception"] = "System.TimeoutException" }, "System.TimeoutException", Socket),
        new("ef-sqlite", Span, new() { ["source"] = EntityFramework, ["event"] = CommandExecuting }, Fails(), "Microsoft.Data.Sqlite.SqliteException"),
        new(
            "ef-npgsql", Span, new() { ["source"] = EntityFramework, ["event"] = CommandExecuting }, Fails(),
            "System.InvalidOperationException", "Npgsql.NpgsqlException", Socket),
        new("npgsql", Span, new() { ["source"] = "Npgsql", ["operation"] = "postgresql" }, Fails(), "Npgsql.NpgsqlException", Socket),
        new("mysql", Span, new() { ["source"] = "MySqlConnector", ["operation"] = "Open" }, Fails(), "MySqlConnector.MySqlException", Socket),
        new("mysql", Span, new() { ["source"] = "MySqlConnector", ["tags"] = new JsonArray("db.user=root") }, Fails(), "MySqlConnector.MySqlException", Socket),
        new("rabbitmq", Span, new() { ["source"] = "RabbitMQ.Client.Publisher" }, Fails(), "RabbitMQ.Client.Exceptions.AlreadyClosedException"),
        new(
            "masstransit", Span, new() { ["source"] = "MassTransit", ["kind"] = "producer", ["operation"] = "words-masstransit*" }, Fails(),
            "MassTransit.RequestException", "MassTransit.MassTransitException", Socket),
        new(
            "nats", Span, new() { ["source"] = "NATS.Net", ["kind"] = "producer", ["tags"] = new JsonArray("messaging.operation=request") }, Fails(),
            "NATS.Client.Core.NatsException", Socket),
    ];

    private static JsonObject Refused() => new() { ["fail"] = "refused" };

    private static JsonObject Fails() => new() { ["fail"] = true };
}
