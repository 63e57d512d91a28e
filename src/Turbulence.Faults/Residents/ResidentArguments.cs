using System.Text.Json.Nodes;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;

namespace Turbulence.Faults.Residents;

/// <summary>The arguments that kinds of <c>dotnet.*</c> share, and how they are told to the resident.</summary>
internal static class ResidentArguments
{
    /// <summary>Which of the operations that match are hit.</summary>
    public static IReadOnlyList<FaultArgument> Selection { get; } =
    [
        new("share", ArgumentType.Share, "the share of those that match that is hit; the seed says which")
        {
            Least = 0,
            IsLeastExcluded = true,
            Default = "1",
        },
        new("nth", ArgumentType.Integer, "only the n-th that matches") { Least = 1 },
        new("every", ArgumentType.Integer, "only each n-th that matches") { Least = 1 },
        new("first", ArgumentType.Integer, "only the first n that would be hit") { Least = 1 },
        new("after", ArgumentType.Seconds, "only from so long on after it was injected") { Least = 0 },
        new("until", ArgumentType.Seconds, "only until so long after it was injected") { Least = 0, IsLeastExcluded = true },
        new("baggage", ArgumentType.Text, "only where the trace has this entry of W3C baggage: `test`, `test=7`"),
        new("seed", ArgumentType.Integer, "what the chance of 'share' is made from: with the same seed the same ones are hit")
        {
            Least = 0,
            Most = int.MaxValue,
            Default = "0",
        },
    ];

    /// <summary>What is wrong with the content type of an answer: what no head of HTTP can hold.</summary>
    public static IEnumerable<ArgumentProblem> OfType(string kind, GivenArguments arguments) => arguments.Texts("type")
        .Where(static type => type.Length == 0 || type.Any(static letter => letter is < ' ' or > '~'))
        .Select(type => new ArgumentProblem("type", $"the argument 'type' of {kind} must be a content type, such as application/json"));

    /// <summary>What is wrong with a host: what can be no part of an address before its path.</summary>
    public static IEnumerable<ArgumentProblem> OfHost(string kind, GivenArguments arguments) => arguments.Texts("host")
        .Where(static host => host.Length == 0 || host.AsSpan().IndexOfAny("/?#@ ") >= 0)
        .Select(host => new ArgumentProblem("host", $"the argument 'host' of {kind} must be a name or an address, or that with a port, such as localhost:8002, not '{host}'"));

    /// <summary>Everything that is given or has a default, as the resident reads it.</summary>
    public static JsonObject Read(ArgumentReader arguments, IEnumerable<FaultArgument> declared)
    {
        var spec = new JsonObject();
        foreach (var argument in declared.Where(argument => arguments.Has(argument.Name) || argument.Default is not null))
        {
            spec[argument.Name] = argument.MayBeList ? Pairs(arguments.Texts(argument.Name)) : Value(argument, arguments);
        }

        return spec;
    }

    /// <summary>What is hit of what matches, for people; empty for all of it.</summary>
    public static string Text(ArgumentReader arguments)
    {
        var share = arguments.Number("share");
        string[] words =
        [
            arguments.Has("baggage") ? $"with baggage {arguments.Text("baggage")}" : "",
            arguments.Has("nth") ? $"only number {arguments.Integer("nth")}" : "",
            arguments.Has("every") ? $"one in {arguments.Integer("every")}" : "",
            arguments.Has("first") ? $"the first {arguments.Integer("first")}" : "",
            share < 1 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{share * 100:0.##} % of them, seed {arguments.Integer("seed")}") : "",
            arguments.Has("after") ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"from {arguments.Number("after"):0.###} s on") : "",
            arguments.Has("until") ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"until {arguments.Number("until"):0.###} s") : "",
        ];
        var text = string.Join(", ", words.Where(static word => word.Length > 0));
        return text.Length > 0 ? $" ({text})" : "";
    }

    private static JsonNode? Value(FaultArgument argument, ArgumentReader arguments) => argument.Type switch
    {
        ArgumentType.Integer => arguments.Integer(argument.Name),
        ArgumentType.Size => arguments.Size(argument.Name),
        ArgumentType.Seconds or ArgumentType.Number or ArgumentType.Share => arguments.Number(argument.Name),
        ArgumentType.Boolean => arguments.Boolean(argument.Name),
        _ => arguments.Text(argument.Name),
    };

    private static JsonObject Pairs(IReadOnlyList<string> texts)
    {
        var pairs = new JsonObject();
        foreach (var text in texts)
        {
            var sign = text.IndexOf('=', StringComparison.Ordinal);
            pairs[text[..sign]] = text[(sign + 1)..];
        }

        return pairs;
    }
}
