namespace Turbulence.Keys;

/// <summary>The keys of a whole experiment.</summary>
internal static class ExperimentKeys
{
    /// <summary><c>$schema</c> of any file.</summary>
    public static FormatKey Schema { get; } = new(
        "$schema", "The JSON Schema of the file, for editors; nothing is read from it.", ValueForm.Anything)
    {
        IsOurs = true,
        Compat = "the same",
        Example = "\"./experiment.schema.json\"",
    };

    private static readonly FormatKey Controls = new(
        "controls", "Controls that stand around the run, and what is inside of it.",
        ValueForm.ListOf(PlaceChoice.Always(static () => ControlKeys.Control)))
    {
        Default = "[]",
        MayBeNull = false,
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace Hypothesis { get; } = new(
        "the steady-state hypothesis",
        new("title", "What is true of the system when all is well.", ValueForm.Anything) { IsRequired = true, Example = "\"the shop sells\"" },
        new("probes", "What shows it: probes with a tolerance each. Without any there is no hypothesis.",
            ValueForm.List(ValueForm.Map(PlaceChoice.Always(static () => ActivityKeys.Activity)) with { Requires = ["tolerance"] }))
        {
            DefaultText = "none",
        },
        Controls with { Summary = "Controls that stand around each check.", Default = null, DefaultText = "none of its own", MayBeNull = true })
    {
        Summary = "What is true of the system when all is well: checked before the method (the gate), after it, and after the rollbacks.",
    };

    /// <summary>An experiment.</summary>
    public static KeyPlace Experiment { get; } = new(
        "an experiment",
        new("version", "Of the format; never read.", ValueForm.Anything) { Example = "\"1.0.0\"" },
        new("title", "What the experiment shows; `${name}` is replaced.", ValueForm.Text) { IsRequired = true },
        new("description", "Why it is made, and what is expected.", ValueForm.Text) { IsRequired = true },
        new("tags", "Words by which it is found.", ValueForm.List(ValueForm.Text), ValueForm.Anything) { Default = "[]" },
        new("contributions", "What it says something of: names to `high`, `medium`, `low` or `none`; never read.", ValueForm.Anything)
        {
            Example = """{"reliability": "high"}""",
        },
        new("configuration", ValueKeys.Configuration.Summary, ValueForm.Map(PlaceChoice.Always(static () => ValueKeys.Configuration)))
        {
            Default = "{}",
            MayBeNull = false,
        },
        new("secrets", ValueKeys.Secrets.Summary, ValueForm.Map(PlaceChoice.Always(static () => ValueKeys.Secrets)))
        {
            Default = "{}",
            MayBeNull = false,
        },
        Controls,
        new("extensions", "What other tools, and Turbulence, add; each has a `name`.", ValueForm.ListOf(PlaceChoice.ByOrOther(
            "name", new PlaceOption(ServiceKeys.Extension, ServiceKeys.OurExtension.Summary, static () => ServiceKeys.OurExtension))))
        {
            Default = "[]",
            MayBeNull = false,
        },
        new("runtime", RuntimeKeys.Runtime.Summary, ValueForm.Map(PlaceChoice.Always(static () => RuntimeKeys.Runtime))),
        new("steady-state-hypothesis", Hypothesis.Summary, ValueForm.Map(PlaceChoice.Always(static () => Hypothesis)))
        {
            DefaultText = "none",
            MayBeNull = false,
        },
        new("method", "What is done to the system, and what is asked meanwhile, one after the other; may be empty.",
            ValueForm.ListOf(PlaceChoice.Always(static () => ActivityKeys.Activity)))
        {
            IsRequired = true,
        },
        new("rollbacks", "What is done at the end, to put things back that no fault takes back by itself.",
            ValueForm.ListOf(PlaceChoice.Always(static () => ActivityKeys.Activity)))
        {
            Default = "[]",
            MayBeNull = false,
        },
        new("dry", "Never read: `--dry` says it.", ValueForm.Anything),
        Schema)
    {
        Summary = "A chaos experiment, in the format of the Chaos Toolkit with what Turbulence adds.",
    };
}
