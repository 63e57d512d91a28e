using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Proxy.Toxics;

/// <summary>
/// One attribute of a kind of toxic. This is said once: what is given is held against it, and lists and docs are made from it.
/// </summary>
/// <param name="Name">Its wire name.</param>
/// <param name="Type">What it is.</param>
/// <param name="Summary">What it says, in one line, without unit, range and default.</param>
[SuppressMessage("Naming", "CA1711", Justification = "An attribute is what the field calls it.")]
public sealed record ToxicAttribute(string Name, ToxicAttributeType Type, string Summary)
{
    /// <summary>What its number counts: <c>ms</c>, <c>bytes</c>. Default: nothing.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What holds where it is not given, in JSON. Default: <c>0</c>, the empty text, false, or the first of the words.</summary>
    public string Default
    {
        get => field ?? Type switch
        {
            ToxicAttributeType.Text => "\"\"",
            ToxicAttributeType.Boolean => "false",
            ToxicAttributeType.Choice => $"\"{Choices[0]}\"",
            _ => "0",
        };
        init;
    }

    /// <summary>The least that its number may be, in its unit. Default: 0.</summary>
    public double Least { get; init; }

    /// <summary>The most that its number may be, in its unit. Default: 2^53, the largest that JSON can be trusted with.</summary>
    public double Most { get; init; } = 1L << 53;

    /// <summary>What can be chosen, for a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What it has to be, in words that follow "must be".</summary>
    public string Expected => Type switch
    {
        ToxicAttributeType.Integer => $"a whole number{Range}",
        ToxicAttributeType.Number => $"a number{Range}",
        ToxicAttributeType.Text => "a text",
        ToxicAttributeType.Choice => $"one of {string.Join(", ", Choices)}",
        ToxicAttributeType.Boolean => "true or false",
        _ => throw new InvalidOperationException($"There are no words for the type {Type}."),
    };

    private string Range => string.Create(
        CultureInfo.InvariantCulture,
        $" from {Least:0.###}{(Most < 1L << 53 ? string.Create(CultureInfo.InvariantCulture, $" to {Most:0.###}") : "")}{(Unit.Length > 0 ? " " : "")}{Unit}");

    /// <summary>Whether a value is one that it may be.</summary>
    internal bool Allows(JsonNode? value) => Type switch
    {
        ToxicAttributeType.Integer => Number(value) is { } number && number == Math.Truncate(number) && InRange(number),
        ToxicAttributeType.Number => Number(value) is { } number && InRange(number),
        ToxicAttributeType.Text => value?.GetValueKind() == JsonValueKind.String,
        ToxicAttributeType.Choice => value?.GetValueKind() == JsonValueKind.String && Choices.Contains(value.GetValue<string>()),
        ToxicAttributeType.Boolean => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        _ => false,
    };

    // Whatever it was made of, what it says in JSON is what counts.
    internal static double? Number(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number
            && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private bool InRange(double number) => number >= Least && number <= Most;
}
