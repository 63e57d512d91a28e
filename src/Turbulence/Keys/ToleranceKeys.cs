namespace Turbulence.Keys;

/// <summary>The keys of tolerances.</summary>
internal static class ToleranceKeys
{
    private static readonly FormatKey Target = new(
        "target", "Which part of the output is looked at: `status`, `stdout`, `stderr` of a process; `status`, `headers`, `body` of a response.",
        ValueForm.Anything)
    {
        DefaultText = "the usual part: `stdout` or `body` of a regex, `status` of a range",
        Compat = "the whole output",
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace Regex { get; } = new(
        "a regex tolerance",
        TypeKey.Of("regex"),
        new("pattern", "A regular expression of Python, found anywhere in the text.", ValueForm.AnyText)
        {
            IsRequired = true,
            Example = "\"^OK\"",
        },
        Target)
    {
        Summary = "A match is found in the text.",
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace JsonPath { get; } = new(
        "a jsonpath tolerance",
        TypeKey.Of("jsonpath"),
        new("path", "A JSONPath: RFC 9535, or the reference's dialect.", new ValueForm(FormKind.Text) { Pattern = @"\S" })
        {
            IsRequired = true,
            Example = "\"$.status\"",
            Compat = "the reference's dialect alone",
        },
        Target,
        new("count", "How many values it has to find.", ValueForm.Anything) { DefaultText = "one or more", Example = "1" },
        new("expect", "The value that it has to find, or the list of values, in their order; it takes the place of `count`.", ValueForm.Anything)
        {
            DefaultText = "any value",
        })
    {
        Summary = "A path finds something in JSON.",
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace Range { get; } = new(
        "a range tolerance",
        TypeKey.Of("range"),
        new("range", "The lowest and the highest number, both included.",
            new ValueForm(FormKind.List) { Items = [ValueForm.Number(), ValueForm.Boolean], LeastItems = 2, MostItems = 2 })
        {
            IsRequired = true,
            Example = "[0, 100]",
        },
        Target)
    {
        Summary = "A number lies between two.",
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace Load { get; } = new("a load tolerance", [TypeKey.Of("load"), .. LimitKeys.All])
    {
        IsStrict = true,
        AnyOf = [.. LimitKeys.All.Select(static key => key.Name)],
        Summary = "What a load felt is within limits. The activity's provider has to be a load.",
    };

    /// <summary>What a tolerance that is a map may be.</summary>
    public static PlaceChoice Choice { get; } = PlaceChoice.By(
        "type",
        new("regex", Regex.Summary, static () => Regex),
        new("jsonpath", JsonPath.Summary, static () => JsonPath),
        new("range", Range.Summary, static () => Range),
        new("probe", "A probe of its own gets the output as its argument `value`, and returns whether it is all right.",
            static () => ActivityKeys.Activity),
        new("load", Load.Summary, static () => Load));

    /// <summary>What a tolerance may be.</summary>
    public static IReadOnlyList<ValueForm> Forms { get; } =
        [ValueForm.Boolean, ValueForm.Integer(), ValueForm.AnyText, ValueForm.FreeList, ValueForm.Map(Choice)];
}
