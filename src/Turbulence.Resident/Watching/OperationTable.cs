using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Turbulence.Resident.Matching;

namespace Turbulence.Resident.Watching;

/// <summary>Counts operations. There are so many different ones at the most: what names them without end is counted as one.</summary>
internal sealed class OperationTable
{
    private const int Most = 500;
    private const int LongestValue = 120;

    // What says on what an operation depends, by the conventions of OpenTelemetry, today's and yesterday's.
    private static readonly string[] Telling =
    [
        "server.address", "server.port", "net.peer.name", "net.peer.port", "http.request.method", "http.method", "http.route",
        "db.system.name", "db.system", "db.namespace", "db.name", "rpc.service", "rpc.method", "grpc.method", "messaging.system",
        "messaging.destination.name", "messaging.operation.type", "messaging.operation",
    ];

    private readonly ConcurrentDictionary<OperationKey, OperationCount> counts = new();
    private long all;

    /// <summary>How many were seen.</summary>
    public long Count => Interlocked.Read(ref all);

    /// <summary>The operation that one is a part of, as it is told.</summary>
    public static string CallerOf(Activity? parent) => parent is null ? ""
        : IncomingRoutes.Of(parent) is { } route ? $"{parent.Source.Name} {parent.OperationName} {route}"
        : $"{parent.Source.Name} {parent.OperationName}";

    /// <summary>Counts a span that has ended.</summary>
    public void Take(Activity span) => Take(
        new OperationKey(
            span.Source.Name,
            span.OperationName,
            span.Kind.ToString().ToLowerInvariant(),
            string.Join('\n', Telling
                .Select(name => (Name: name, Value: name == "http.route" ? IncomingRoutes.Of(span) : span.GetTagItem(name)))
                .Where(static tag => tag.Value is not null)
                .Select(static tag => $"{tag.Name}={Text(tag.Value)}")),
            CallerOf(span.Parent)),
        span.Duration,
        span.Status == ActivityStatusCode.Error || span.GetTagItem("error.type") is not null);

    /// <summary>Counts an operation.</summary>
    public void Take(OperationKey key, TimeSpan duration, bool failed)
    {
        Interlocked.Increment(ref all);
        if (counts.Count >= Most && !counts.ContainsKey(key))
        {
            key = new OperationKey("", "(more than can be told apart)", "", "", "");
        }

        counts.GetOrAdd(key, static _ => new OperationCount()).Add(duration, failed);
    }

    /// <summary>Writes all of it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var (key, count) in counts)
        {
            json.WriteStartObject();
            json.WriteString("source", key.Source);
            json.WriteString("operation", key.Operation);
            json.WriteString("kind", key.Kind);
            json.WriteString("tags", key.Tags);
            json.WriteString("caller", key.Caller);
            count.Write(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Text(object? value)
    {
        var text = TagText.Of(value);
        return text.Length <= LongestValue ? text : text[..LongestValue];
    }
}
