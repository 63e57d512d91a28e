using Turbulence.Faults.Arguments;
using Turbulence.Faults.Network;

namespace Turbulence.Faults.Kinds;

/// <summary>
/// <c>network.*</c>: a fault proxy makes the connections that go through it slow, half-open, broken or lying. Each kind is what stands here
/// of it, a toxic of the proxy; docs/network-faults.md shows what each does to a stream.
/// </summary>
internal static class NetworkKinds
{
    private static readonly FaultArgument Delay = NetworkArguments.Milliseconds("delay", "how much later") with
    {
        IsRequired = true,
        IsLeastExcluded = true,
    };
    private static readonly FaultArgument Jitter = NetworkArguments.Milliseconds(
        "jitter", "how much more or less than that, by chance") with
    {
        Default = "0",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<NetworkKind> All { get; } = [.. Specs().Select(spec => new NetworkKind(spec))];

    private static IEnumerable<NetworkKindSpec> Specs() =>
    [
        new("network.latency", "lets all that comes through a proxy leave later", "latency", static hits => hits.Bytes)
        {
            Attributes = [
                NetworkArguments.Milliseconds("latency", "how much later") with { IsRequired = true, IsLeastExcluded = true }, Jitter,
            ],
            OfToxiproxy = ["latency", "jitter"],
            HasStream = true,
            HitsDatagrams = true,
        },
        new("network.bandwidth", "lets so much pass in a second on each connection through a proxy", "bandwidth", static hits => hits.Bytes)
        {
            Attributes = [new("rate", ArgumentType.Integer, "thousands of bytes a second") { Unit = "KB/s", IsRequired = true, Least = 1 }],
            OfToxiproxy = ["rate"],
            HasStream = true,
        },
        new("network.reset", "breaks connections through a proxy off with a reset, on both sides", "reset_peer", static hits =>
            hits.Bytes + hits.Ends)
        {
            Attributes =
            [
                NetworkArguments.Milliseconds("timeout", "how long after the first bytes that come") with { Default = "0" },
                new(
                    "idle",
                    ArgumentType.Boolean,
                    "whether the time begins at once, so that a connection on which nothing comes is broken off as well")
                {
                    Default = "false",
                },
            ],
            OfToxiproxy = ["timeout"],
            HasStream = true,
        },
        new("network.blackhole", "lets a proxy take connections, and nothing ever come of them", "blackhole", Swallowed)
        {
            HitsDatagrams = true,
        },
        new("network.refuse", "lets a proxy refuse new connections with a reset", "refuse", static hits => hits.Ends),
        new("network.slow_close", "lets the ends of connections through a proxy arrive later", "slow_close", static hits => hits.Ends)
        {
            Attributes = [Delay],
            OfToxiproxy = ["delay"],
            HasStream = true,
        },
        new("network.corrupt", "turns bits over in what comes through a proxy", "corrupt", static hits => hits.Bytes)
        {
            Attributes =
            [
                new("share", ArgumentType.Share, "the share of bytes that are changed, by chance; not used where every is given")
                {
                    Least = 0,
                    IsLeastExcluded = true,
                    Default = "0.001",
                },
                new("every", ArgumentType.Integer, "each how many bytes one is changed, in place of by chance")
                {
                    Unit = "bytes",
                    Least = 1,
                },
            ],
            HasStream = true,
            HitsDatagrams = true,
        },
        new("network.limit", "closes each connection through a proxy after so many bytes", "limit_data", static hits => hits.Ends)
        {
            Attributes = [new("bytes", ArgumentType.Size, "how many bytes pass") { IsRequired = true, Least = 0 }],
            OfToxiproxy = ["bytes"],
            HasStream = true,
        },
        new("network.partition", "cuts services off from each other, on all proxies between them", "blackhole", Swallowed)
        {
            IsPartition = true,
            HitsDatagrams = true,
        },
        new("network.loss", "loses datagrams of UDP on their way through a proxy", "loss", Datagrams)
        {
            HasStream = true,
            HitsConnections = false,
            HitsDatagrams = true,
        },
        new("network.duplicate", "lets datagrams of UDP arrive more than once through a proxy", "duplicate", Datagrams)
        {
            Attributes = [new("copies", ArgumentType.Integer, "how often each arrives beside the first time")
            {
                Least = 1,
                Most = 16,
                Default = "1",
            }],
            HasStream = true,
            HitsConnections = false,
            HitsDatagrams = true,
        },
        new("network.reorder", "holds datagrams of UDP back in a proxy, so that others overtake them", "reorder", Datagrams)
        {
            Attributes = [NetworkArguments.Milliseconds("delay", "how long one is held back") with
            {
                Default = "10",
                IsLeastExcluded = true,
            }],
            HasStream = true,
            HitsConnections = false,
            HitsDatagrams = true,
        },
        Http("status", "answers requests itself, and the upstream never hears of them",
            new("status", ArgumentType.Integer, "the status of the answer") { Least = 200, Most = 599, Default = "503" },
            new("body", ArgumentType.Text, "the body of the answer, up to 65536 bytes"),
            new("content_type", ArgumentType.Text, "what the body is") { Default = "text/plain; charset=utf-8" }),
        Http("delay", "delays requests, or their answers",
            Delay,
            Jitter,
            new("of", ArgumentType.Choice, "what is delayed: the answer, which the upstream has given by then, or the request")
            {
                Choices = ["answer", "request"],
                Default = "answer",
            }),
        Http("abort", "ends connections in place of an answer, or in its middle",
            new("at", ArgumentType.Choice, "before the upstream hears of the request, or in the answer's body")
            {
                Choices = ["request", "answer"],
                Default = "request",
            },
            new("by", ArgumentType.Choice, "how the connection ends") { Choices = ["reset", "close"], Default = "reset" },
            new("bytes", ArgumentType.Size, "how many bytes of the answer's body pass") { Least = 0, Default = "0" }),
        Http("lost", "lets requests through, and loses their answers",
            new FaultArgument(
                "by", ArgumentType.Choice, "what the client sees in place of the answer; silence is nothing, until it goes by itself")
            {
                Choices = ["reset", "close", "silence"],
                Default = "reset",
            }),
        Http("body", "puts another body in the place of that of requests, or of their answers",
            new("of", ArgumentType.Choice, "whose body") { Choices = ["answer", "request"], Default = "answer" },
            new("do", ArgumentType.Choice, "what is done to it: bytes by chance, as many as there were, or another body in its place")
            {
                Choices = ["garble", "replace"],
                Default = "garble",
            },
            new("body", ArgumentType.Text, "the other body, up to 65536 bytes")),
        Http("header", "sets, adds or removes a header of requests, or of their answers",
            new("of", ArgumentType.Choice, "whose header") { Choices = ["answer", "request"], Default = "answer" },
            new("do", ArgumentType.Choice, "what is done to it; set takes the place of all of its name")
            {
                Choices = ["set", "add", "remove"],
                Default = "set",
            },
            new("name", ArgumentType.Text, "its name; not one that says where a message ends") { Default = "X-Chaos" },
            new("value", ArgumentType.Text, "its value")),
    ];

    // On a connection that was there before and on which nothing comes nobody feels anything; who opens one feels that nothing comes.
    private static long Swallowed(ToxicHits hits) => hits.Bytes + hits.Ends + Math.Min(hits.Opened, hits.Connections);

    private static long Datagrams(ToxicHits hits) => hits.Requests;

    // A request that is hit may leave nothing to do: an answer without a body, without the header that is removed, shorter than where it is
    // cut off, or that never comes.
    private static NetworkKindSpec Http(string name, string summary, params IReadOnlyList<FaultArgument> attributes) =>
        new($"network.http.{name}", summary, $"http_{name}", static hits => hits.Bytes + hits.Ends)
        {
            Attributes = attributes,
            IsHttp = true,
        };
}
