namespace Turbulence.Keys;

/// <summary>The keys of the settings.</summary>
internal static class SettingsKeys
{
    private static readonly KeyPlace Auth = new(
        "a credential of the settings",
        new("type", "The scheme: `basic`, `bearer`, `digest`.", ValueForm.Anything),
        new("value", "What stands behind it in the header; `${NAME}` is a variable of the environment.", ValueForm.Anything))
    {
        Summary = "What is sent to a server of experiments as `Authorization`.",
    };

    private static readonly KeyPlace Auths = new("auths")
    {
        Named = new NamedValues(PlaceChoice.Always(static () => Auth)),
        Summary = "Credentials for servers of experiments, by host or `host:port`.",
    };

    private static readonly KeyPlace GlobalControls = new("the controls of the settings")
    {
        Named = new NamedValues(PlaceChoice.Always(static () => ControlKeys.Control)),
        Summary = "Controls around every run, by name.",
    };

    private static readonly KeyPlace Channel = new(
        "a notification channel",
        new("type", "How it is told.", ValueForm.Anything) { Example = "\"http\"" },
        new("events", "The names of the events that are sent.", ValueForm.Anything) { DefaultText = "all" },
        new("url", "Of http: where to.", ValueForm.Anything),
        new("verify_tls", ProviderKeys.VerifyTls.Summary, ValueForm.Anything) { Default = "true" },
        new("headers", "Of http: header fields, by name.", ValueForm.Anything) { Default = "{}" },
        new("forward_event_payload", "Whether the experiment or the journal is sent, too.", ValueForm.Anything) { Default = "true" },
        new("run", "Of process: the program and its arguments.", ValueForm.Anything) { IsOurs = true },
        new("timeout", "Of process: its seconds.", ValueForm.Anything) { Default = "5", Unit = "s", IsOurs = true },
        new("module", "Of plugin: the Python module; not carried out.", ValueForm.Anything),
        new("func", "Of plugin: the function; not carried out.", ValueForm.Anything))
    {
        Summary = "Who is told of runs.",
    };

    /// <summary>The settings.</summary>
    public static KeyPlace Settings { get; } = new(
        "the settings",
        new("auths", Auths.Summary, ValueForm.Map(PlaceChoice.Always(static () => Auths)), ValueForm.Anything),
        new("controls", GlobalControls.Summary, ValueForm.Map(PlaceChoice.Always(static () => GlobalControls)), ValueForm.Anything),
        new("notifications", "Who is told of runs.", ValueForm.ListOf(PlaceChoice.Always(static () => Channel)), ValueForm.Anything),
        new("runtime", "Defaults for every run.", ValueForm.Map(PlaceChoice.Always(static () => RuntimeKeys.Runtime)), ValueForm.Anything),
        ExperimentKeys.Schema)
    {
        Summary = "The settings of `chaos`.",
    };
}
