namespace Turbulence.Resident.Exceptions;

/// <summary>
/// The exception that the users of a library know when its server cannot be reached. A type that a library never throws tests nothing, so
/// where it is not known there is none: whoever wants one names it.
/// </summary>
internal static class LibraryExceptions
{
    private static readonly (string Source, string Type)[] Known =
    [
        ("System.Net.Http", "System.Net.Http.HttpRequestException"),
        ("Experimental.System.Net", "System.Net.Sockets.SocketException"),
        ("Npgsql", "Npgsql.NpgsqlException"),
        ("Microsoft.Data.Sqlite", "Microsoft.Data.Sqlite.SqliteException"),
        ("Microsoft.Data.SqlClient", "Microsoft.Data.SqlClient.SqlException"),
        ("MySqlConnector", "MySqlConnector.MySqlException"),
        ("Grpc.Net.Client", "Grpc.Core.RpcException"),
        ("Grpc.AspNetCore", "Grpc.Core.RpcException"),
        ("RabbitMQ.Client", "RabbitMQ.Client.Exceptions.AlreadyClosedException"),
        ("NATS.", "NATS.Client.Core.NatsException"),
        ("StackExchange.Redis", "StackExchange.Redis.RedisConnectionException"),
        ("MongoDB.Driver", "MongoDB.Driver.MongoConnectionException"),
        ("Azure.", "Azure.RequestFailedException"),
        ("MassTransit", "MassTransit.MassTransitException"),
    ];

    /// <summary>Makes it.</summary>
    /// <exception cref="NotSupportedException">It is not known, or cannot be made.</exception>
    public static Exception Make(string source, object? command, string message) =>
        TypeOf(command?.GetType().Namespace) is { } ofCommand ? ExceptionMaker.Make(ofCommand, message)
        : TypeOf(source) is { } ofSource ? ExceptionMaker.Make(ofSource, message)
        : throw new NotSupportedException($"which exception the library of '{source}' throws is not known: name it by 'exception'");

    /// <summary>Its name; null where it is not known.</summary>
    public static string? TypeOf(string? source) =>
        source is null ? null : Known.FirstOrDefault(known => source.StartsWith(known.Source, StringComparison.Ordinal)).Type;
}
