namespace Turbulence.Keys;

/// <summary>The keys of <c>runtime</c>, of an experiment and of the settings.</summary>
internal static class RuntimeKeys
{
    /// <summary><c>runtime.rollbacks.strategy</c>.</summary>
    public static FormatKey Rollbacks { get; } = new(
        "strategy", "When the declared rollbacks are played. Injected faults are taken back in every case.", ValueForm.OneOf(
            new KeyWord("default", "whenever an activity of the method was started, interruption and failure included"),
            new KeyWord("always", "always"),
            new KeyWord("never", "never"),
            new KeyWord("deviated", "only where the run deviated")))
    {
        Default = "\"default\"",
        Compat = "`default` is the reference's: not after an interruption",
    };

    /// <summary><c>runtime.hypothesis.strategy</c>.</summary>
    public static FormatKey Hypothesis { get; } = new(
        "strategy", "When the steady state is checked.", ValueForm.OneOf(
            new KeyWord("default", "before and after the method"),
            new KeyWord("before-method-only", "before the method"),
            new KeyWord("after-method-only", "after the method"),
            new KeyWord("during-method-only", "again and again while the method plays"),
            new KeyWord("continuously", "before, again and again while the method plays, and after it"),
            new KeyWord("skip", "never")))
    {
        Default = "\"default\"",
    };

    /// <summary><c>runtime.hypothesis.frequency</c>.</summary>
    public static FormatKey Frequency { get; } = Ours("frequency", "Seconds between two checks while the method plays.", ValueForm.Seconds) with
    {
        Unit = "s",
        Default = "1",
        Compat = "not read; `--hypothesis-frequency` says it",
    };

    /// <summary><c>runtime.hypothesis.fail_fast</c>.</summary>
    public static FormatKey FailFast { get; } = Ours(
        "fail_fast", "Whether the first such check that is missed ends the method.", ValueForm.Boolean) with
    {
        Default = "false",
        Compat = "not read; `--fail-fast` says it",
    };

    /// <summary><c>runtime.hypothesis.settle</c>.</summary>
    public static FormatKey Settle { get; } = Ours(
        "settle", "Seconds that the system has to come back after everything was taken back; 0 checks once.",
        ValueForm.SecondsFromZero with { IsMostExcluded = true }) with
    {
        Unit = "s",
        Default = "5",
        Compat = "there is no such check",
    };

    /// <summary><c>runtime.timeout</c>.</summary>
    public static FormatKey Timeout { get; } = Ours("timeout", "Seconds that the whole run may take before it is stopped.", ValueForm.Seconds) with
    {
        Unit = "s",
        DefaultText = "no limit",
        Example = "600",
        Compat = "not read",
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace RollbackRuntime { get; } = new("runtime.rollbacks", Rollbacks) { Summary = "How rollbacks are played." };

    /// <summary>The place of this name.</summary>
    public static KeyPlace HypothesisRuntime { get; } = new("runtime.hypothesis", Hypothesis, Frequency, FailFast, Settle)
    {
        Summary = "How the steady state is checked.",
    };

    /// <summary><c>runtime</c>.</summary>
    public static KeyPlace Runtime { get; } = new(
        "runtime",
        new("rollbacks", RollbackRuntime.Summary, ValueForm.Map(PlaceChoice.Always(static () => RollbackRuntime))),
        new("hypothesis", HypothesisRuntime.Summary, ValueForm.Map(PlaceChoice.Always(static () => HypothesisRuntime))),
        Timeout,
        Ours("safeguards", "Probes that are asked again and again, and stop the run when one is out of its tolerance.",
            ValueForm.ListOf(PlaceChoice.Always(static () => ActivityKeys.Safeguard))) with
        {
            DefaultText = "none",
            Compat = "ignored, with a warning",
        })
    {
        Summary = "How the experiment is run; an option of the command line wins over it, and it over the settings.",
    };

    private static FormatKey Ours(string name, string summary, params IReadOnlyList<ValueForm> forms) => new(name, summary, forms)
    {
        IsOurs = true,
    };
}
