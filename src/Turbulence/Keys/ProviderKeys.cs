namespace Turbulence.Keys;

/// <summary>The keys of the providers of activities.</summary>
internal static class ProviderKeys
{
    /// <summary>The longest that <c>spans</c> watches, in seconds.</summary>
    private const decimal LongestWatch = 86_400;

    private static readonly FormatKey Arguments = new(
        "arguments", "What the function is called with, by name.", ValueForm.FreeMap)
    {
        Default = "{}",
        Placeholders = Placeholders.Dollar,
    };

    private static readonly FormatKey Scopes = new(
        "secrets", "The scopes of secrets that it is handed, or may use.", ValueForm.List(ValueForm.AnyText))
    {
        DefaultText = "none",
        Example = "[\"database\"]",
        Compat = "every activity may use every secret in `${name}`",
    };

    private static readonly FormatKey ScopesOfTexts = new("secrets", "The scopes of secrets that its `${name}` may use.", ValueForm.Anything)
    {
        DefaultText = "all",
        Compat = "not read: all",
    };

    /// <summary><c>url</c> of anything that calls one.</summary>
    public static FormatKey Url { get; } = new("url", "Where it is sent: `http` or `https`.", ValueForm.Text)
    {
        IsRequired = true,
        Example = "\"http://localhost:8080/health\"",
    };

    /// <summary><c>headers</c> of a request.</summary>
    public static FormatKey Headers { get; } = new("headers", "Header fields, by name.", ValueForm.FreeMap, new ValueForm(FormKind.Text)
    {
        MayBeEmpty = true,
        Pattern = "^$",
    }, new ValueForm(FormKind.List) { MostItems = 0 })
    {
        DefaultText = "none",
        Example = """{"Accept": "application/json"}""",
    };

    /// <summary><c>verify_tls</c>.</summary>
    public static FormatKey VerifyTls { get; } = new(
        "verify_tls", "Whether the server has to prove who it is; or the file, or the folder of files, of the certificates that may vouch for it (PEM).",
        ValueForm.Boolean, ValueForm.Text)
    {
        Default = "true",
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace Python { get; } = new(
        "a python provider",
        [
            TypeKey.Of("python"),
            new("module", "The module, by its dotted path.", ValueForm.Text) { IsRequired = true, Example = "\"chaosk8s.pod.probes\"" },
            new("func", "The function of the module.", ValueForm.Text) { IsRequired = true },
            Arguments,
            Scopes with { Summary = "The scopes of secrets that a parameter `secrets` of the function gets, as one map." },
            new("configuration", "Not read: a parameter `configuration` of the function gets the experiment's.", ValueForm.Anything),
            new("timeout", "Not read: the `timeout` of the activity limits it.", ValueForm.Anything) { Compat = "not read either" },
            .. AttemptKeys.OfProvider,
        ])
    {
        Summary = "Calls a Python function, in a worker process, and returns what it returns.",
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace Process { get; } = new(
        "a process provider",
        [
            TypeKey.Of("process"),
            new("path", "The program: a path, also relative to the experiment's file, or a name on `PATH`.", ValueForm.Text)
            {
                IsRequired = true,
                Example = "\"pg_isready\"",
                Compat = "no placeholders; relative to the current directory alone",
            },
            new("arguments", "A list: the program's arguments, without a shell. A text: the rest of a shell's command line. A map is deprecated.",
                ValueForm.Anything)
            {
                Default = "[]",
                Example = """["-h", "localhost"]""",
            },
            new("timeout", "Seconds; then the program and all that it started is ended, and the activity has failed.", ValueForm.Anything)
            {
                Unit = "s",
                DefaultText = "no limit",
                Example = "10",
                Compat = "no placeholders",
            },
            new("cwd", "The directory in which it runs.", ValueForm.AnyText)
            {
                DefaultText = "the run's",
                IsOurs = true,
                Compat = "not read",
            },
            new("env", "Variables that it gets beside the run's; null takes one away.", ValueForm.FreeMap)
            {
                Default = "{}",
                Placeholders = Placeholders.Dollar,
                IsOurs = true,
                Compat = "not read",
            },
            new("stdin", "What it reads from its standard input; what is no text is JSON.", ValueForm.Anything)
            {
                DefaultText = "nothing: its standard input ends at once",
                IsOurs = true,
                Compat = "not read",
            },
            ScopesOfTexts,
            .. AttemptKeys.OfProvider,
        ])
    {
        Summary = "Runs a program, and returns `{\"status\", \"stdout\", \"stderr\"}`.",
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace Http { get; } = new(
        "an http provider",
        [
            TypeKey.Of("http"),
            Url,
            new("method", "The method of the request.", ValueForm.Text)
            {
                Default = "\"GET\"",
                MayBeNull = false,
                Placeholders = Placeholders.Dollar,
                Example = "\"POST\"",
                Compat = "no placeholders",
            },
            Headers,
            new("arguments", "With GET the query: a map, a list of pairs, or a text. Otherwise the body: JSON with the header `Content-Type: "
                + "application/json`, else a form, or a text as it is.", ValueForm.Anything)
            {
                DefaultText = "none",
            },
            new("timeout", "Seconds for the whole exchange; or `[connect, read]`, where null is no limit.",
                ValueForm.Number(0) with { IsLeastExcluded = true },
                ValueForm.NumberText,
                ValueForm.FreeList)
            {
                Placeholders = Placeholders.Dollar,
                Unit = "s",
                Default = "30",
                Compat = "no limit; each limits one wait: for the connection, the headers, each next piece of the body",
            },
            VerifyTls with { Compat = "no placeholders" },
            new("max_retries", "How often a connection that does not come about is tried again.", ValueForm.Integer(0), ValueForm.NumberText)
            {
                Default = "0",
                Placeholders = Placeholders.Dollar,
                Compat = "no placeholders",
            },
            new("expected_status", "The status, or the list of statuses, that is no failure.", ValueForm.Anything)
            {
                DefaultText = "any",
                Example = "200",
                Compat = "never read",
            },
            new("body_limit", "The longest body that is read, in bytes; with a longer one the activity has failed.", ValueForm.Anything)
            {
                Unit = "bytes",
                Default = "16777216",
                IsOurs = true,
                Compat = "not read; a longer body is cut",
            },
            ScopesOfTexts,
            .. AttemptKeys.OfProvider,
        ])
    {
        Summary = "Calls an HTTP endpoint, and returns `{\"status\", \"headers\", \"body\"}`.",
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace DotNet { get; } = new(
        "a dotnet provider",
        [
            TypeKey.Of("dotnet"),
            new("assembly", "The assembly: its name, or a file relative to the experiment.", ValueForm.Text) { IsRequired = true, IsOurs = true },
            new("class", "The class, with its namespace.", ValueForm.Text) { IsRequired = true, IsOurs = true },
            new("method", "A public static method of the class.", ValueForm.Text) { IsRequired = true, IsOurs = true },
            Arguments with { IsOurs = true },
            Scopes with { IsOurs = true, Compat = null },
            .. AttemptKeys.OfProvider,
        ])
    {
        Summary = "Calls a .NET method, in a worker process, and returns what it returns.",
    };

    /// <summary><c>kind</c> of a fault.</summary>
    public static FormatKey Kind { get; } = Ours("kind", "The kind of fault.", ValueForm.Text) with { IsRequired = true, Placeholders = Placeholders.Inside };

    /// <summary><c>duration</c> of a fault.</summary>
    public static FormatKey Duration { get; } = Ours(
        "duration", "Seconds until it is taken back.", ValueForm.Seconds, ValueForm.NumberText) with
    {
        Unit = "s",
        DefaultText = "until the end of the run",
        Placeholders = Placeholders.Inside,
        Example = "5",
    };

    /// <summary><c>max_targets</c> of a fault.</summary>
    public static FormatKey MaxTargets { get; } = Ours(
        "max_targets", "How many targets it may hit; where there are more it hits none.",
        ValueForm.Number(1, int.MaxValue), ValueForm.NumberText) with
    {
        Default = "1",
        Placeholders = Placeholders.Inside,
    };

    /// <summary><c>irreversible</c> of a fault.</summary>
    public static FormatKey Irreversible { get; } = Ours(
        "irreversible", "Whether one that cannot be taken back may be injected.",
        ValueForm.Boolean,
        new ValueForm(FormKind.Text) { Pattern = @"^\s*([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])[\s\u0000]*$" }) with
    {
        Default = "false",
        Placeholders = Placeholders.Inside,
    };

    /// <summary>The provider <c>fault</c>; its kind says what <c>arguments</c> takes.</summary>
    public static KeyPlace Fault { get; } = new(
        "a fault provider",
        TypeKey.Of("fault"), Kind, Ours("arguments", "What is hit, and how; the kind says which there are.", ValueForm.FreeMap), Duration, MaxTargets, Irreversible)
    {
        IsStrict = true,
        Summary = "Injects a fault, sees that it has an effect, and takes it back. Its activity is an action.",
    };

    /// <summary><c>duration</c> of <c>spans</c>.</summary>
    public static FormatKey Watch { get; } = Ours(
        "duration", "Seconds for which it watches.", ValueForm.Number(0, LongestWatch) with { IsLeastExcluded = true }) with
    {
        Unit = "s",
        IsRequired = true,
        Placeholders = Placeholders.Inside,
    };

    /// <summary>The provider <c>spans</c>.</summary>
    public static KeyPlace Spans { get; } = new(
        "a spans provider", TypeKey.Of("spans"), Ours("arguments", "Which process is watched.", ValueForm.FreeMap), Watch)
    {
        IsStrict = true,
        Summary = "Watches a running .NET process from the inside, and returns the map of what it did.",
    };

    /// <summary>Every provider, by its <c>type</c>.</summary>
    public static PlaceChoice Choice { get; } = PlaceChoice.By(
        "type",
        new("http", Http.Summary, static () => Http),
        new("process", Process.Summary, static () => Process),
        new("python", Python.Summary, static () => Python),
        new("dotnet", DotNet.Summary, static () => DotNet),
        new("fault", Fault.Summary, static () => Fault),
        new("load", "Sends requests on a schedule, and returns what became of each.", static () => LoadKeys.Provider),
        new("spans", Spans.Summary, static () => Spans));

    private static FormatKey Ours(string name, string summary, params IReadOnlyList<ValueForm> forms) => new(name, summary, forms)
    {
        IsOurs = true,
    };
}
