namespace Turbulence.Keys;

/// <summary>The keys that say how often and how long an activity is tried; all but <c>timeout</c> may stand in its provider, too.</summary>
internal static class AttemptKeys
{
    /// <summary><c>timeout</c> of an activity.</summary>
    public static FormatKey Timeout { get; } = new(
        "timeout", "Seconds that each attempt may take; then it is ended with all that it started, and has failed.", ValueForm.SecondsFromZero)
    {
        Unit = "s",
        DefaultText = "no limit but the provider's",
        Placeholders = Placeholders.Whole,
        Compat = "validated, and never enforced",
        Example = "10",
    };

    /// <summary><c>retries</c>.</summary>
    public static FormatKey Retries { get; } = new(
        "retries", "How many attempts may follow the first, until one succeeds, or its output meets `until`.",
        ValueForm.Integer(0, long.MaxValue) with { IsMostExcluded = true })
    {
        Default = "0",
        Placeholders = Placeholders.Inside,
        IsOurs = true,
        Compat = "not read",
        Example = "3",
    };

    /// <summary><c>interval</c>.</summary>
    public static FormatKey Interval { get; } = new("interval", "Seconds between two attempts.", ValueForm.SecondsFromZero)
    {
        Unit = "s",
        Default = "1",
        Placeholders = Placeholders.Inside,
        IsOurs = true,
        Compat = "not read",
    };

    /// <summary><c>until</c>.</summary>
    public static FormatKey Until { get; } = new(
        "until", "A tolerance that the output of an attempt has to meet: others follow until then.", ToleranceKeys.Forms)
    {
        DefaultText = "that it succeeds",
        IsOurs = true,
        Compat = "not read",
    };

    /// <summary>Those that a provider may have.</summary>
    public static IReadOnlyList<FormatKey> OfProvider { get; } = [Retries, Interval, Until];
}
