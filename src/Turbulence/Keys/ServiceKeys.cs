namespace Turbulence.Keys;

/// <summary>The keys of services: what the extension <c>turbulence</c> starts and stops with the run.</summary>
internal static class ServiceKeys
{
    /// <summary>The name of the extension.</summary>
    public const string Extension = "turbulence";

    private static readonly ValueForm Command = ValueForm.List(ValueForm.AnyText) with { LeastItems = 1 };
    private static readonly ValueForm Place = new(FormKind.Integer) { Least = 0, Most = 65535 };

    /// <summary><c>ready.timeout</c>.</summary>
    public static FormatKey ReadyTimeout { get; } = Key("timeout", "Seconds until it has to be ready.", ValueForm.Seconds) with
    {
        Unit = "s",
        Default = "30",
        Placeholders = Placeholders.Inside,
    };

    /// <summary><c>stop_timeout</c>.</summary>
    public static FormatKey StopTimeout { get; } = Key(
        "stop_timeout", "Seconds that it has to end when it is asked to, before it is killed.", ValueForm.Seconds) with
    {
        Unit = "s",
        Default = "10",
        Placeholders = Placeholders.Inside,
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace Ready { get; } = new(
        "the ready of a service",
        Key("url", "It is ready when this answers with a status from 200 to 299.", ValueForm.Text) with { Example = "\"http://localhost:8080/health\"" },
        Key("tcp", "It is ready when `host:port`, or a port of this machine, takes a connection.", Place with { Least = 1 }, ValueForm.Text) with
        {
            Example = "5432",
        },
        Key("command", "It is ready when this program ends with exit code 0.", Command) with
        {
            Placeholders = Placeholders.Inside,
            Example = """["pg_isready", "-q"]""",
        },
        Key("line", "It is ready when a line of its output matches this regular expression (.NET).", ValueForm.Text) with
        {
            Example = "\"^listening on\"",
        },
        ReadyTimeout)
    {
        AnyOf = ["url", "tcp", "command", "line"],
        Summary = "How it is seen that a service is ready: exactly one of `url`, `tcp`, `command` and `line`.",
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace Proxy { get; } = new(
        "the proxy of a service",
        Key("listen", "The port of this machine's loopback, or `host:port`, where it takes connections.", Place, ValueForm.Text) with
        {
            IsRequired = true,
            Example = "15432",
        },
        Key("upstream", "Whom it asks: a port of this machine, or `host:port`.", Place, ValueForm.Text) with
        {
            DefaultText = "what `ready.url` or `ready.tcp` names",
        },
        Key("protocol", "Whether it passes connections on, or datagrams.",
            ValueForm.OneOf(new KeyWord("tcp", "connections"), new KeyWord("udp", "datagrams"))) with
        {
            Default = "\"tcp\"",
            Placeholders = Placeholders.Inside,
        },
        Key("from", "Which service reaches this one through it.", ValueForm.Text) with { DefaultText = "whoever does" },
        Key("name", "Its name in the proxies' API: letters, digits, `.`, `_` and `-`.", ValueForm.Text) with
        {
            DefaultText = "the service's name, or `CALLER-to-SERVICE`",
        })
    {
        Summary = "A fault proxy through which a service is reached: what `network.*` faults act on.",
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace Service { get; } = new(
        "a service",
        Key("run", "The program and its arguments; the program is looked for beside the experiment first, then on `PATH`.", Command) with
        {
            DefaultText = "the service runs already; `ready` says by `url` or `tcp` where",
            Example = """["dotnet", "run", "--project", "Api"]""",
        },
        Key("needs", "The services that have to be ready before it is started; it is stopped before they are.", ValueForm.List(ValueForm.AnyText)) with
        {
            Default = "[]",
        },
        Key("ready", "How it is seen that it is ready.", ValueForm.Map(PlaceChoice.Always(static () => Ready))) with
        {
            DefaultText = "ready as soon as it runs",
        },
        Key("cwd", "Where it runs, relative to the experiment's file.", ValueForm.AnyText) with { DefaultText = "where `chaos` was called" },
        Key("env", "Variables that it gets beside the run's.", ValueForm.MapOf(ValueForm.AnyText)) with { Default = "{}" },
        Key("output", "The file that gets what it prints, relative to where it runs.", ValueForm.AnyText) with
        {
            DefaultText = "the service's name with `.log`",
        },
        StopTimeout,
        Key("adopt", "What the run may use that has the service's port already.",
            ValueForm.OneOf(new KeyWord("any", "whatever has the port"))) with
        {
            DefaultText = "only what is recognisably what `run` starts",
        },
        Key("proxy", "The fault proxies through which it is reached: a map, or a list with one for each caller.",
            ValueForm.Map(PlaceChoice.Always(static () => Proxy)), ValueForm.ListOf(PlaceChoice.Always(static () => Proxy))) with
        {
            DefaultText = "none",
        },
        Key("clock", "The clock that it has.",
            ValueForm.OneOf(new KeyWord("adjustable", "one that the fault `clock.skew` can move; needs `libfaketime`"))) with
        {
            DefaultText = "the machine's",
        })
    {
        AnyOf = ["run", "ready"],
        Summary = "A part of the system under test, started and stopped with the run, or one that runs already.",
    };

    /// <summary>The place of this name.</summary>
    public static KeyPlace Services { get; } = new("services")
    {
        Named = new NamedValues(PlaceChoice.Always(static () => Service)) { AreMaps = true },
        Summary = "The system under test, by the names of its services.",
    };

    /// <summary>The extension <c>turbulence</c>.</summary>
    public static KeyPlace OurExtension { get; } = new(
        "the extension 'turbulence'",
        TypeKey.Of(Extension, "name"),
        Key("services", "The system under test, by the names of its services; it is started and stopped with the run.",
            ValueForm.Map(PlaceChoice.Always(static () => Services))),
        Key("users", "Who uses the system through the whole run.", ValueForm.Map(PlaceChoice.Always(static () => LoadKeys.Users))))
    {
        Summary = "What Turbulence adds to an experiment.",
    };

    private static FormatKey Key(string name, string summary, params IReadOnlyList<ValueForm> forms) => new(name, summary, forms)
    {
        IsOurs = true,
    };
}
