namespace Turbulence.Keys;

/// <summary>The keys of activities: of probes and actions, their pauses, and of safeguards.</summary>
internal static class ActivityKeys
{
    /// <summary><c>pauses</c>.</summary>
    public static FormatKey PauseBefore { get; } = Pause("before", "Seconds to wait before the activity.");

    /// <inheritdoc cref="PauseBefore"/>
    public static FormatKey PauseAfter { get; } = Pause("after", "Seconds to wait after the activity; one in the background waits by itself.");

    /// <summary><c>frequency</c> of a safeguard.</summary>
    public static FormatKey Frequency { get; } = new("frequency", "Seconds between two looks.", ValueForm.Seconds)
    {
        Unit = "s",
        Default = "1",
        IsOurs = true,
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace Pauses { get; } = new("pauses", PauseBefore, PauseAfter) { Summary = "Waits around an activity." };

    private static readonly FormatKey Background = new(
        "background", "Whether the next activity begins at once, while this one goes on; the method ends when all have. In method and rollbacks.",
        ValueForm.Boolean)
    {
        Default = "false",
        MayBeNull = false,
    };

    private static readonly FormatKey Controls = new(
        "controls", "Controls that stand around this activity.", ValueForm.ListOf(PlaceChoice.Always(static () => ControlKeys.Control)))
    {
        DefaultText = "none of its own",
    };

    /// <summary><c>dry</c> of an activity.</summary>
    public static FormatKey Dry { get; } = new(
        "dry", "What a rehearsal does with this activity, in place of the run's `--dry`.",
        ValueForm.Boolean,
        ValueForm.OneOf(
            new KeyWord("probes", "probes are left out"),
            new KeyWord("actions", "actions are left out"),
            new KeyWord("activities", "all are left out"),
            new KeyWord("pause", "pauses are left out")))
    {
        DefaultText = "as the run",
        Compat = "any value lets it be carried out",
    };

    private static readonly FormatKey[] Keys =
    [
        new("type", "Whether it asks the system or changes it.",
            ValueForm.OneOf(new KeyWord("probe", "asks the system, and changes nothing"), new KeyWord("action", "changes the system")))
        {
            IsRequired = true,
        },
        new("name", "What it is called, in the journal and in a `ref`.", ValueForm.Text) { IsRequired = true, Example = "\"the-service-answers\"" },
        new("provider", "How it is carried out.", ValueForm.Map(ProviderKeys.Choice)) { IsRequired = true },
        new("ref", "The name of an activity of the method or the hypothesis, which is carried out in this one's place. All other keys "
            + "but `background`, and `tolerance` in the hypothesis, are the other one's.", ValueForm.Text),
        Background,
        new("pauses", "Waits before and after it.", ValueForm.Map(PlaceChoice.Always(static () => Pauses)), ValueForm.Anything)
        {
            DefaultText = "none",
            Example = "{\"after\": 2}",
        },
        Controls,
        new("tolerance", "What the output has to be. A probe of the hypothesis must have one; an activity of the method or the rollbacks that misses "
            + "its own makes the run `deviated`.", ToleranceKeys.Forms)
        {
            MayBeNull = false,
            Compat = "looked at in the hypothesis alone",
        },
        AttemptKeys.Timeout,
        .. AttemptKeys.OfProvider,
        Dry,
        new("configuration", "Never read: an activity sees the experiment's. A warning.", ValueForm.Anything) { Compat = "never read either" },
        new("secrets", "Never read here: list the scopes in the provider. A warning.", ValueForm.Anything) { Compat = "never read either" },
    ];

    /// <summary>An activity.</summary>
    public static KeyPlace Activity { get; } = new("an activity", Keys)
    {
        Instead = "ref",
        Summary = "A probe or an action. One with a `ref` stands for another one.",
    };

    /// <summary>An entry of <c>runtime.safeguards</c>.</summary>
    public static KeyPlace Safeguard { get; } = new("a safeguard", [.. Keys.Select(OfSafeguard), Frequency])
    {
        Instead = "ref",
        Summary = "A probe that is asked again and again while the method plays: an output out of its tolerance stops the run, and everything is taken back.",
    };

    // It watches, and changes nothing; what it misses stops the run.
    private static FormatKey OfSafeguard(FormatKey key) => key.Name switch
    {
        "type" => key with { Forms = [ValueForm.OneOf(key.Words[0])] },
        "tolerance" => key with { IsRequired = true, Summary = "What the output has to be; what it misses stops the run." },
        _ => key,
    };

    private static FormatKey Pause(string name, string summary) => new(name, summary, ValueForm.SecondsFromZero)
    {
        Unit = "s",
        Default = "0",
        Placeholders = Placeholders.Whole,
        Example = "2",
    };
}
