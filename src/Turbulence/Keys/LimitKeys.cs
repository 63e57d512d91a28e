namespace Turbulence.Keys;

/// <summary>The keys that limit what users may feel of a load: of a load tolerance, and of the tolerance of users.</summary>
internal static class LimitKeys
{
    private static readonly ValueForm Time = new(FormKind.Text) { Pattern = @"^\s*[-+]?[0-9.]+([eE][-+]?[0-9]+)?\s*(us|µs|ms|s)?\s*$" };

    /// <summary><c>lost</c>.</summary>
    public static FormatKey Lost { get; } = Key(
        "lost", "How many requests may be lost.", ValueForm.Integer(0), ValueForm.NumberText) with
    {
        Example = "0",
    };

    /// <summary><c>error_rate</c>.</summary>
    public static FormatKey ErrorRate { get; } = Key(
        "error_rate", "Which part of the requests may be lost, from 0 to 1.", ValueForm.Number(0, 1), ValueForm.NumberText) with
    {
        Example = "0.01",
    };

    /// <summary>The margin for <c>error_rate</c> in a comparison.</summary>
    public static FormatKey ErrorRateMargin { get; } = Key(
        "error_rate", "By how much the part that is lost may differ.",
        ValueForm.Number(0, 1) with { IsLeastExcluded = true }, ValueForm.NumberText);

    private static readonly KeyPlace Margins = new(
        "the margins of a comparison",
        ErrorRateMargin, Margin("p50"), Margin("p90"), Margin("p99"))
    {
        IsStrict = true,
        AnyOf = ["error_rate", "p50", "p90", "p99"],
        Summary = "By how much figures may differ from what they were before each fault.",
    };

    private static readonly KeyPlace Equivalence = new(
        "a comparison with what was before a fault", Phase("during", "while each fault is in"), Phase("after", "after each fault"))
    {
        IsStrict = true,
        AnyOf = ["during", "after"],
        Summary = "By how much what users feel may differ from what it was before each fault (two one-sided tests).",
    };

    /// <summary>All of them, in the order in which people are told them.</summary>
    public static IReadOnlyList<FormatKey> All { get; } =
    [
        Lost,
        ErrorRate,
        Latency("p50", "Half of the requests took at most so long."),
        Latency("p90", "Nine in ten requests took at most so long."),
        Latency("p99", "99 in 100 requests took at most so long; a lost one counts with the whole time limit."),
        Latency("p99_9", "999 in 1,000 requests took at most so long."),
        Latency("p99_99", "9,999 in 10,000 requests took at most so long."),
        Latency("max", "No request took longer."),
        Latency("failover_ms", "How long after the beginning of each fault somebody else answers; it needs `classes`."),
        Latency("recovered_ms", "How long after the end of each fault requests are lost, or answered by somebody else than before."),
        Key("equivalent", "By how much figures `during` or `after` each fault may differ from what was before it.",
            ValueForm.Map(PlaceChoice.Always(static () => Equivalence))) with
        {
            Placeholders = Placeholders.None,
            Example = """{"after": {"p99": "10ms"}}""",
        },
    ];

    private static FormatKey Latency(string name, string summary) => Key(
        name, summary, ValueForm.Number(0), Time) with
    {
        Unit = "ms",
        Example = "\"50ms\"",
    };

    private static FormatKey Margin(string name) => Key(
        name, $"By how much {name} may differ.", ValueForm.Number(0) with { IsLeastExcluded = true }, Time) with
    {
        Unit = "ms",
        Example = "\"10ms\"",
    };

    private static FormatKey Phase(string name, string when) =>
        Key(name, $"The margins {when}.", ValueForm.Map(PlaceChoice.Always(static () => Margins))) with { Placeholders = Placeholders.None };

    private static FormatKey Key(string name, string summary, params IReadOnlyList<ValueForm> forms) => new(name, summary, forms)
    {
        MayBeNull = false,
        Placeholders = Placeholders.Inside,
        IsOurs = true,
    };
}
