using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;

namespace Turbulence.Aspire.Hurts;

/// <summary>A kind of fault that a command of an edge puts in.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Display">What the command is called in the dashboard.</param>
/// <param name="Icon">Its icon there, of Microsoft's Fluent set.</param>
internal sealed record HurtKind(FaultKindDescription Kind, string Display, string Icon)
{
    private const string LeaseName = "lease";
    private const string Http = "network.http.";

    private static readonly (string Kind, string Display, string Icon)[] Offered =
    [
        ("network.latency", "Slow down", "Timer"),
        ("network.refuse", "Refuse connections", "PlugDisconnected"),
        ("network.blackhole", "Black hole", "CircleOff"),
        ("network.reset", "Reset connections", "ArrowReset"),
        ("network.bandwidth", "Narrow", "ArrowMinimizeVertical"),
        ("network.http.status", "Answer with a status", "ErrorCircle"),
        ("network.http.delay", "Delay answers", "ClockPause"),
        ("network.http.lost", "Lose answers", "MailOff"),
    ];

    // What the edge itself says, and what only somebody who counts requests asks for.
    private static readonly HashSet<string> Left =
        ["service", "from", "proxy", "api", "token_file", "stream", "header", "baggage", "nth", "first", "counted", "after", "until"];

    private static readonly Dictionary<string, string> Usual = new() { ["latency"] = "300", ["delay"] = "300", ["rate"] = "10" };

    /// <summary>Those that edges offer, as far as the kinds are there.</summary>
    /// <param name="kinds">The kinds there are.</param>
    public static IReadOnlyList<HurtKind> Of(FaultKinds kinds) =>
    [
        .. Offered
            .Select(offer => kinds.TryGet(offer.Kind, out var kind) ? new HurtKind(kind.Description, offer.Display, offer.Icon) : null)
            .OfType<HurtKind>(),
    ];

    /// <summary>The name of the command: <c>hurt-http-status</c>.</summary>
    public string Command => $"hurt-{Kind.Name["network.".Length..].Replace('.', '-').Replace('_', '-')}";

    /// <summary>Whether a kind has to read requests, which it cannot in TLS.</summary>
    /// <param name="kind">The name of the kind.</param>
    public static bool IsOfHttp(string kind) => kind.StartsWith(Http, StringComparison.Ordinal);

    /// <summary>What the dashboard asks for.</summary>
    /// <param name="lease">What it offers as the time after which the fault is taken back.</param>
    public IReadOnlyList<InteractionInput> Inputs(TimeSpan lease) =>
        [.. Kind.Arguments.Where(static argument => !Left.Contains(argument.Name)).Select(Input), LeaseInput(lease)];

    /// <summary>The arguments that were given, but for those that hold anyway.</summary>
    /// <param name="inputs">What was asked for; what is empty is not given.</param>
    public JsonObject Arguments(InteractionInputCollection inputs)
    {
        var arguments = new JsonObject();
        foreach (var argument in Kind.Arguments)
        {
            if (Given(inputs, argument.Name) is { } text && text != argument.Default)
            {
                arguments[argument.Name] = Value(argument.Type, text);
            }
        }

        return arguments;
    }

    /// <summary>The time that was given, or null for the usual one.</summary>
    /// <param name="inputs">What was asked for.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static TimeSpan? Lease(InteractionInputCollection inputs) => Given(inputs, LeaseName) is not { } text ? null
        : double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 86400
            ? TimeSpan.FromSeconds(seconds)
        : throw new FormatException($"the lease must be 1 to 86400 seconds, not '{text}'");

    /// <summary>What the dashboard asks for of the time.</summary>
    /// <param name="lease">What it offers.</param>
    public static InteractionInput LeaseInput(TimeSpan lease) => new()
    {
        Name = LeaseName,
        Label = "Lease (s)",
        Description = "After how many seconds it is taken back by itself.",
        InputType = InputType.Number,
        Value = lease.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static InteractionInput Input(FaultArgument argument) => new()
    {
        Name = argument.Name,
        Label = argument.Unit is { } unit ? $"{argument.Name} ({unit})" : argument.Name,
        Description = $"{char.ToUpperInvariant(argument.Summary[0])}{argument.Summary[1..]}."
            + (argument.Values is { Length: > 0 } values ? $" {values}." : ""),
        InputType = argument.Type switch
        {
            ArgumentType.Choice => InputType.Choice,
            ArgumentType.Boolean => InputType.Boolean,
            ArgumentType.Integer => InputType.Number,
            _ => InputType.Text,
        },
        Options = argument.Type == ArgumentType.Choice
            ? [.. argument.Choices.Select(static choice => KeyValuePair.Create(choice, choice))]
            : null,
        Required = argument.IsRequired,
        Value = argument.Default ?? Usual.GetValueOrDefault(argument.Name),
    };

    private static string? Given(InteractionInputCollection inputs, string name) =>
        inputs.TryGetByName(name, out var input) && input!.Value is { Length: > 0 } text ? text : null;

    // What is no such value goes on as a text, and is refused by the kind in its own words.
    private static JsonNode? Value(ArgumentType type, string text)
    {
        var isPlain = type
            is ArgumentType.Integer or ArgumentType.Number or ArgumentType.Share or ArgumentType.Size or ArgumentType.Boolean;
        try
        {
            return isPlain && JsonNode.Parse(text.ToLowerInvariant()) is JsonValue value
                && value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? value : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
