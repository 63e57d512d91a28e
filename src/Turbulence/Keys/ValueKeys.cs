namespace Turbulence.Keys;

/// <summary>The keys of configuration and secrets.</summary>
internal static class ValueKeys
{
    private static readonly FormatKey VariableName = new("key", "The name of the environment variable.", ValueForm.Text)
    {
        IsRequired = true,
        Example = "\"DATABASE_URL\"",
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace EnvironmentValue { get; } = new(
        "a value of the type env",
        TypeKey.Of("env"),
        VariableName,
        new("default", "What holds where the variable is not set; without it that is an error.", ValueForm.Anything)
        {
            Compat = "the same of configuration; of secrets not read",
        },
        new("env_var_type", "What its text becomes.", ValueForm.OneOf(
            new KeyWord("str", "the text"), new KeyWord("string", "the text"), new KeyWord("int", "a whole number"),
            new KeyWord("integer", "a whole number"), new KeyWord("float", "a number"), new KeyWord("number", "a number"),
            new KeyWord("bytes", "the text"), new KeyWord("bool", "false for false, 0 and no, else true"), new KeyWord("json", "the JSON value")))
        {
            Default = "\"str\"",
            Compat = "the same of configuration; of secrets not read",
        })
    {
        Summary = "A variable of the environment.",
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace FileSecret { get; } = new(
        "a secret of the type file",
        TypeKey.Of("file"),
        new("path", "The file, relative to the experiment; `~/` is the home folder.", ValueForm.Text)
        {
            IsRequired = true,
            IsOurs = true,
            Compat = "there is no such form",
            Example = "\"/run/secrets/database\"",
        },
        new("key", "The member of the JSON object in it.", ValueForm.AnyText) { DefaultText = "the whole text", IsOurs = true, Compat = "there is no such form" })
    {
        Summary = "The content of a file. Ours: with `--compat chaostoolkit` a map like any other.",
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace VaultSecret { get; } = new(
        "a secret of the type vault",
        TypeKey.Of("vault"),
        new("path", "The path of the secret in HashiCorp Vault; without it the value is empty, with a warning.", ValueForm.Anything)
        {
            Example = "\"database/credentials\"",
        },
        new("key", "The entry of it.", ValueForm.Anything) { DefaultText = "all entries" })
    {
        Summary = "A secret of HashiCorp Vault (KV); `vault_addr`, `vault_token` and others of the configuration say where it is.",
    };

    /// <summary>A value of the type <c>probe</c>. As in the reference, nothing of it is looked at before it is asked.</summary>
    public static KeyPlace Probe { get; } = new("a probe of the configuration", ActivityKeys.Activity.Keys)
    {
        IsUnchecked = true,
        Summary = "What a probe returns before the run begins: a response's body, what a process prints, or what a function returns.",
    };

    /// <summary><c>configuration</c>.</summary>
    public static KeyPlace Configuration { get; } = new("configuration")
    {
        Named = new NamedValues(PlaceChoice.ByOrOther(
            "type",
            new("env", EnvironmentValue.Summary, static () => EnvironmentValue),
            new("probe", Probe.Summary, static () => Probe))),
        Summary = "Values that `${name}` stands for. One that is no map of a known `type` is the value itself.",
    };

    private static readonly PlaceChoice SecretForms = PlaceChoice.ByOrOther(
        "type",
        new("env", EnvironmentValue.Summary, static () => EnvironmentValue),
        new("file", FileSecret.Summary, static () => FileSecret),
        new("vault", VaultSecret.Summary, static () => VaultSecret));

    private static readonly KeyPlace Scope = new("secrets")
    {
        Named = new NamedValues(SecretForms) { Otherwise = static () => Scope! },
        Summary = "Secrets by name, or by further names.",
    };

    /// <summary><c>secrets</c>.</summary>
    public static KeyPlace Secrets { get; } = new("secrets")
    {
        Named = new NamedValues(SecretForms) { Otherwise = static () => Scope, AreMaps = true },
        Summary = "Secrets by scope and name: masked wherever a run is told.",
    };

    /// <summary>What a variable file may say.</summary>
    public static KeyPlace Variables { get; } = new(
        "a variable file",
        new("configuration", Configuration.Summary, ValueForm.Map(PlaceChoice.Always(static () => Configuration))),
        new("secrets", Secrets.Summary, ValueForm.Map(PlaceChoice.Always(static () => Secrets))));
}
