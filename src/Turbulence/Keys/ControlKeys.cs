namespace Turbulence.Keys;

/// <summary>The keys of controls.</summary>
internal static class ControlKeys
{
    /// <summary><c>timeout</c> of a control.</summary>
    public static FormatKey Timeout { get; } = new("timeout", "Seconds that a hook may take.", ValueForm.Seconds)
    {
        Unit = "s",
        IsOurs = true,
    };

    private static readonly FormatKey Arguments = new("arguments", "What its hooks are handed, by name.", ValueForm.Anything) { Default = "{}" };

    private static readonly FormatKey Secrets = new("secrets", "The scopes of secrets that it is told.", ValueForm.Anything) { DefaultText = "none" };

    private static readonly FormatKey Scopes = new("secrets", "The scopes of secrets that it is told.", ValueForm.List(ValueForm.AnyText))
    {
        DefaultText = "none",
        IsOurs = true,
    };

    /// <summary><c>hooks</c>.</summary>
    public static FormatKey Hooks { get; } = new(
        "hooks", "The hooks that it is called for.", ValueForm.List(ValueForm.OneOf(
        [
            new("configure", "once, before the run"),
            .. Around("before_", "before "),
            .. Around("after_", "after "),
            new("cleanup", "once, after the run"),
        ])))
    {
        DefaultText = "all",
        IsOurs = true,
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace Python { get; } = new(
        "the python provider of a control",
        TypeKey.Of("python"),
        new("module", "The module that has the hook functions.", ValueForm.Text) { IsRequired = true },
        Arguments, Secrets, Timeout with { Default = "60" })
    {
        Summary = "Calls the hook functions of a Python module.",
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace Process { get; } = new(
        "the process provider of a control",
        TypeKey.Of("process"),
        new("path", "The program.", ValueForm.Text) { IsRequired = true, IsOurs = true },
        new("args", "Its command line.", ValueForm.FreeList) { Default = "[]", IsOurs = true },
        Timeout with { Default = "30" },
        Hooks,
        Arguments with { IsOurs = true },
        Scopes,
        new("cwd", "The directory in which it runs.", ValueForm.Anything) { DefaultText = "the run's", IsOurs = true },
        new("env", "Variables that it gets beside the run's.", ValueForm.Anything) { Default = "{}", IsOurs = true })
    {
        Summary = "Starts a program for each hook, with a JSON document on its standard input.",
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace Http { get; } = new(
        "the http provider of a control",
        TypeKey.Of("http"),
        ProviderKeys.Url with { IsOurs = true },
        ProviderKeys.Headers with { IsOurs = true },
        ProviderKeys.VerifyTls with { IsOurs = true },
        Timeout with { Default = "5", Summary = "Seconds for the whole exchange." },
        Hooks,
        Arguments with { IsOurs = true },
        Scopes)
    {
        Summary = "Posts a JSON document for each hook.",
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace DotNet { get; } = new(
        "the dotnet provider of a control",
        TypeKey.Of("dotnet"),
        new("assembly", "The assembly: its name, or a file relative to the experiment.", ValueForm.Text) { IsRequired = true, IsOurs = true },
        new("class", "The class that has the hook methods.", ValueForm.Text) { IsRequired = true, IsOurs = true },
        Arguments with { IsOurs = true },
        Secrets with { IsOurs = true },
        Timeout with { Default = "60" })
    {
        Summary = "Calls the hook methods of a .NET class.",
    };

    /// <summary>The providers of controls, by their <c>type</c>.</summary>
    public static PlaceChoice Choice { get; } = PlaceChoice.By(
        "type",
        new("python", Python.Summary, static () => Python),
        new("dotnet", DotNet.Summary, static () => DotNet),
        new("process", Process.Summary, static () => Process),
        new("http", Http.Summary, static () => Http));

    /// <summary>A control.</summary>
    public static KeyPlace Control { get; } = new(
        "a control",
        new("name", "What tells it from others; one of a name counts.", ValueForm.Anything) { IsRequired = true, Example = "\"audit\"" },
        new("provider", "How it is carried out.", ValueForm.Map(Choice)) { IsRequired = true },
        new("scope", "Only the hooks of that side.",
            ValueForm.OneOf(new KeyWord("before", "only the hooks before"), new KeyWord("after", "only the hooks after")))
        {
            DefaultText = "both",
        },
        new("automatic", "Of a control of the experiment: whether it also stands around what is inside of it.", ValueForm.Anything)
        {
            Default = "true",
        },
        new("ref", "The name of a control of the experiment, or of a global one, that is meant; then nothing else is looked at.", ValueForm.Text)
        {
            Compat = "refused by validation without a name and a provider, too",
        })
    {
        Instead = "ref",
        Summary = "Code that is called around the parts of a run.",
    };

    private static IEnumerable<KeyWord> Around(string side, string when)
    {
        List<string> levels = ["loader", "experiment", "hypothesis", "method", "rollback", "activity"];
        return levels.Select(level => new KeyWord(side + level, when + level));
    }
}
