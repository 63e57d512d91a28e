using System.Text.Json.Nodes;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;

namespace Turbulence.Faults.Network;

/// <summary>The arguments that kinds of <c>network.*</c> share, and how they become attributes of a toxic.</summary>
internal static class NetworkArguments
{
    /// <summary>For which requests a kind of HTTP is. All of them are attributes of its toxic.</summary>
    public static IReadOnlyList<FaultArgument> Match { get; } =
    [
        new("method", ArgumentType.Text, "only requests of this method, or of these: `GET,HEAD`"),
        new("path", ArgumentType.Text, "only requests of this path: `/orders/{id}`, `/orders/{*rest}`"),
        new("header", ArgumentType.Text, "only requests with this header: `X-Test`, `X-Test: 7`"),
        new("baggage", ArgumentType.Text, "only requests with this entry of W3C baggage: `test`, `test=7`"),
        new("nth", ArgumentType.Integer, "only the n-th of these requests") { Least = 1 },
        new("first", ArgumentType.Integer, "only the first n of these requests") { Least = 1 },
        new(
            "counted",
            ArgumentType.Choice,
            "what nth and first count: the requests of each connection, or of all together, where the seed cannot say who comes first")
        {
            Choices = ["connection", "all"],
            Default = "connection",
        },
        Milliseconds("after", "only from so long on after it was injected"),
        Milliseconds("until", "only until so long after it was injected") with { IsLeastExcluded = true },
    ];

    /// <summary>On which of the two streams a kind is, where that can be chosen.</summary>
    public static FaultArgument Stream { get; } = new(
        "stream", ArgumentType.Choice, "the way on which it is: from the upstream to the client, or to the upstream")
    {
        Choices = ["downstream", "upstream"],
        Default = "downstream",
    };

    /// <summary>How many connections it hits.</summary>
    public static FaultArgument Toxicity { get; } = new(
        "toxicity", ArgumentType.Share, "the share of connections, of requests, or of datagrams, that it hits; the proxy's seed says which")
    {
        Least = 0,
        IsLeastExcluded = true,
        Default = "1",
    };

    /// <summary>An argument that is a time as toxics count it.</summary>
    public static FaultArgument Milliseconds(string name, string summary) =>
        new(name, ArgumentType.Number, summary) { Unit = "ms", Least = 0 };

    /// <summary>The description of a kind.</summary>
    public static FaultKindDescription Describe(NetworkKindSpec spec) => new(spec.Name, spec.Summary,
    [
        .. spec.IsPartition ? ProxySelection.PartitionArguments : ProxySelection.Arguments,
        .. Own(spec),
        .. spec.HasStream ? (FaultArgument[])[Stream] : [],
        Toxicity,
    ])
    {
        Groups = spec.IsPartition ? [] : [ProxySelection.Group],
        Together = arguments => Problems(spec, arguments),
    };

    /// <summary>The toxic that is asked for.</summary>
    public static ToxicOrder Read(NetworkKindSpec spec, ArgumentReader arguments, string fault)
    {
        var attributes = new JsonObject();
        foreach (var argument in Own(spec).Where(argument => arguments.Has(argument.Name) || argument.Default is not null))
        {
            attributes[argument.Name] = Value(argument, arguments);
        }

        var stream = spec.HasStream ? arguments.Text(Stream.Name)! : Stream.Default!;
        return new ToxicOrder(ToxicOrder.NameOf(fault), spec.Toxic, stream, arguments.Number(Toxicity.Name), attributes);
    }

    /// <summary>What it is, for people: <c>latency with latency 200 ms and jitter 50 ms, downstream</c>.</summary>
    /// <param name="spec">The kind.</param>
    /// <param name="order">The toxic.</param>
    /// <param name="isUdp">Whether all proxies that it is for pass datagrams on.</param>
    public static string Text(NetworkKindSpec spec, ToxicOrder order, bool isUdp)
    {
        string[] values = [.. Own(spec).Where(
            argument => order.Attributes[argument.Name] is { } value && !(argument.Default == value.ToString() && Match.Contains(argument)))
            .Select(argument => $"{argument.Name} {order.Attributes[argument.Name]}{(argument.Unit is { } unit ? $" {unit}" : "")}")];
        return $"toxic {order.Type}{(values.Length > 0 ? $" with {string.Join(", ", values)}" : "")}{(spec.HasStream ? $", {order.Stream}" : "")}"
            + (order.Toxicity < 1
                ? FormattableString.Invariant(
                    $", on a share of {order.Toxicity:0.######} of the {(spec.IsHttp ? "requests" : isUdp ? "datagrams" : "connections")}")
                : "");
    }

    private static IEnumerable<FaultArgument> Own(NetworkKindSpec spec) => spec.IsHttp ? spec.Attributes.Concat(Match) : spec.Attributes;

    private static JsonValue? Value(FaultArgument argument, ArgumentReader arguments) => argument.Type switch
    {
        ArgumentType.Integer => JsonValue.Create(arguments.Integer(argument.Name)),
        ArgumentType.Size => JsonValue.Create(arguments.Size(argument.Name)!.Value),
        ArgumentType.Number or ArgumentType.Share => Number(arguments.Number(argument.Name)),
        ArgumentType.Boolean => JsonValue.Create(arguments.Boolean(argument.Name)),
        _ => JsonValue.Create(arguments.Text(argument.Name)),
    };

    // Toxiproxy takes whole numbers of milliseconds alone, and no 5.0.
    private static JsonValue Number(double number) =>
        number == Math.Truncate(number) && Math.Abs(number) < 1L << 53 ? JsonValue.Create((long)number) : JsonValue.Create(number);

    private static IEnumerable<ArgumentProblem> Problems(NetworkKindSpec spec, GivenArguments arguments)
    {
        foreach (var problem in spec.IsPartition ? ProxySelection.PartitionProblems(arguments) : ProxySelection.Problems(spec, arguments))
        {
            yield return problem;
        }

        if (spec.IsHttp && arguments.Texts("path") is [var path] && !path.StartsWith('/'))
        {
            yield return new("path", $"the argument 'path' of {spec.Name} must be a path such as /orders/{{id}}, not {path}");
        }
    }
}
