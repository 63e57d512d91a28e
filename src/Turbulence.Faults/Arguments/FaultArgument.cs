using System.Globalization;
using System.Text.Json.Nodes;

namespace Turbulence.Faults.Arguments;

/// <summary>
/// One argument of a kind. This is said once: validation, the plan, <c>chaos faults kinds</c> and the tables of docs/faults.md are made
/// from it.
/// </summary>
/// <param name="Name">Its key in <c>arguments</c>.</param>
/// <param name="Type">What it is.</param>
/// <param name="Summary">What it says, in one line, without its range and its default.</param>
public sealed record FaultArgument(string Name, ArgumentType Type, string Summary)
{
    /// <summary>Whether it has to be there. Default: no.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The least that it may be, in its <see cref="Unit"/>. Default: nothing but what its type says.</summary>
    public decimal? Least { get; init; }

    /// <summary>Whether it has to be above <see cref="Least"/>. Default: it may be that as well.</summary>
    public bool IsLeastExcluded { get; init; }

    /// <summary>The most that it may be, that included, in its <see cref="Unit"/>. Default: 1 for a share, else nothing.</summary>
    public decimal? Most { get => field ?? (Type == ArgumentType.Share ? 1m : default(decimal?)); init; }

    /// <summary>What holds where it is not given, as it would be written in an experiment. Default: nothing.</summary>
    public string? Default { get; init; }

    /// <summary>What holds where it is not given and only the machine knows, for people. Default: <see cref="Default"/>.</summary>
    public string? DefaultText { get => field ?? Default; init; }

    /// <summary>What can be chosen, for a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What may stand before each of the choices: <c>SIG</c>. Default: nothing.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Whether a list of such values may stand in its place, which is not empty. Default: no.</summary>
    public bool MayBeList { get; init; }

    /// <summary>What its number counts: <c>bytes</c>, <c>s</c>, <c>ms</c>. Default: what its type says; null for no unit.</summary>
    public string? Unit
    {
        get => field ?? Type switch
        {
            ArgumentType.Size => "bytes",
            ArgumentType.Seconds => "s",
            _ => null,
        };
        init;
    }

    /// <summary>Its type, as people are told: <c>integer</c>.</summary>
    public string TypeName => Type switch
    {
        ArgumentType.Text => "text",
        ArgumentType.Service => "service",
        ArgumentType.Path => "path",
        ArgumentType.Pattern => "pattern",
        ArgumentType.Host => "host",
        ArgumentType.Address => "address",
        ArgumentType.Url => "URL",
        ArgumentType.Choice => "choice",
        ArgumentType.Integer => "integer",
        ArgumentType.Number => "number",
        ArgumentType.Boolean => "boolean",
        ArgumentType.Size => "size",
        ArgumentType.Share => "share",
        ArgumentType.Seconds => "seconds",
        _ => throw new InvalidOperationException($"There is no name for the type {Type}."),
    };

    /// <summary>The same, and whether it may be a list of such: <c>text, or a list</c>.</summary>
    public string TypeText => MayBeList ? $"{TypeName}, or a list" : TypeName;

    /// <summary>What it may be, beyond its type: <c>0.1 to 600 s</c>, <c>KILL, TERM</c>; empty for anything.</summary>
    public string Values => Type == ArgumentType.Choice ? string.Join(", ", Choices)
        : Range("") is not { Length: > 0 } range ? ""
        : Type != ArgumentType.Size && Unit is { } unit ? $"{range} {unit}" : range;

    /// <summary>What it has to be, in words that follow "must be".</summary>
    internal string Expected => MayBeList ? $"{ItemExpected}, or a list of such" : ItemExpected;

    private string ItemExpected => Type switch
    {
        ArgumentType.Pattern => "a regular expression",
        ArgumentType.Host => "a host name",
        ArgumentType.Address => "an IP address",
        ArgumentType.Choice => $"one of {Values}",
        ArgumentType.Url => "a URL such as http://localhost:8474",
        ArgumentType.Integer => $"a whole number{Range(" from ")}{Counted}",
        ArgumentType.Number or ArgumentType.Share => $"a number{Range(" from ")}{Counted}",
        ArgumentType.Boolean => "true or false",
        ArgumentType.Size => $"a number of bytes{Range(" from ")}, or a text such as 64MiB",
        ArgumentType.Seconds => $"a number of seconds{Range(" from ")}",
        _ => "a text that is not empty",
    };

    /// <summary>Reads a value as a person types it: without quotes, and a list with commas.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="value">The value as an experiment has it.</param>
    /// <returns>What is wrong with it, in words that follow the argument's name; null for nothing.</returns>
    public string? Read(string text, out JsonNode? value)
    {
        value = MayBeList && Type != ArgumentType.Pattern && text.Contains(',', StringComparison.Ordinal)
            ? new JsonArray([.. text.Split(',', StringSplitOptions.TrimEntries).Select(ArgumentText.Typed(Type))])
            : ArgumentText.Typed(Type)(text);
        return ArgumentValue.Problem(this, value, isWritten: true);
    }

    /// <summary>Whether a number is one that it may be.</summary>
    internal bool Allows(decimal number) => !(number < Least) && !(number > Most) && !(IsLeastExcluded && number == Least);

    private string Counted => Unit is { } unit ? $" {unit}" : "";

    private string Range(string from)
    {
        var lead = from.Length > 0 ? " " : "";
        return (Least, Most) switch
        {
            ({ } least, { } most) => $"{(IsLeastExcluded ? $"{lead}above " : from)}{Written(least)} to {Written(most)}",
            ({ } least, null) => $"{lead}{(IsLeastExcluded ? "above" : "from")} {Written(least)}",
            (null, { } most) => $"{lead}up to {Written(most)}",
            _ => "",
        };
    }

    private string Written(decimal number) => Type == ArgumentType.Size && number != 0
        ? SizeText.Of((long)number)
        : number.ToString("0.###", CultureInfo.InvariantCulture);
}
