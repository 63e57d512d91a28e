using System.Globalization;
using System.Text.Json;

namespace Turbulence.Faults.Network;

/// <summary>What a toxic has hit since it was added, as our proxy counts it.</summary>
/// <param name="Connections">Connections that it is on.</param>
/// <param name="Requests">Requests of HTTP that it hit.</param>
/// <param name="Bytes">Bytes that it held back, changed or dropped.</param>
/// <param name="Ends">Ends of connections that it held back, swallowed or made.</param>
/// <param name="Foreign">Connections on which a toxic of HTTP can do nothing.</param>
internal readonly record struct ToxicHits(long Connections, long Requests, long Bytes, long Ends, long Foreign)
{
    private const int TraceLength = 55;
    private const int MostTraces = 32;

    /// <summary>Connections that the proxy took since the fault was planned.</summary>
    public long Opened { get; init; }

    /// <summary>Some of the requests, each by its <c>traceparent</c>; null for none.</summary>
    public IReadOnlyList<string>? Traces { get; init; }

    /// <summary>Whether the connections are clients of a proxy for UDP, and the requests datagrams to which it did something.</summary>
    public bool AreDatagrams { get; init; }

    /// <summary>For people: <c>3 connections, 120 bytes</c>.</summary>
    public string Text => string.Join(", ", new[]
    {
        Words(Connections, AreDatagrams ? "client" : "connection"),
        Words(Requests, AreDatagrams ? "datagram" : "request"),
        Words(Bytes, "byte"),
        Words(Ends, "end"),
    }.Where(words => words.Length > 0));

    /// <summary>Reads an answer; null where it says nothing of the toxic.</summary>
    /// <param name="counters">What the proxy counts.</param>
    /// <param name="toxic">The toxic's name.</param>
    /// <param name="before">What the proxy had counted when the fault was planned.</param>
    public static ToxicHits? Read(JsonElement counters, string toxic, ProxyCounts before) =>
        ProxyCounts.Read(counters) is { } now
            && AnswerJson.Member(counters, "toxics") is { } toxics
            && AnswerJson.Member(toxics, toxic) is { ValueKind: JsonValueKind.Object } own
            ? new(Count(own, "connections"), Count(own, "requests"), Count(own, "bytes"), Count(own, "ends"), Count(own, "foreign"))
            {
                Opened = Math.Max(0, now.Connections - before.Connections),
                Traces = TracesIn(own),
            }
            : null;

    // A proxy that somebody else has started may say whatever it likes.
    private static List<string>? TracesIn(JsonElement own) =>
        AnswerJson.Member(own, "traces") is not { ValueKind: JsonValueKind.Array } traces
            ? null
            : [.. traces
                .EnumerateArray()
                .Where(static trace => trace.ValueKind == JsonValueKind.String)
                .Select(static trace => trace.GetString()!)
                .Where(static trace => trace.Length == TraceLength)
                .Take(MostTraces)];

    private static string Words(long count, string what) =>
        count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static long Count(JsonElement counters, string name) => AnswerJson.Count(counters, name) ?? 0;
}
