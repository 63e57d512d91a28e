namespace Turbulence.Keys;

/// <summary>The keys of a load: of the provider, of each of its requests, and of the users of a whole experiment.</summary>
internal static class LoadKeys
{
    private const decimal LeastSeconds = 0.001m;
    private const decimal MostRate = 1_000_000;
    private const decimal MostUsers = 60_000;

    private static readonly FormatKey Url = Key("url", "Where the requests go: `http` or `https`.", ValueForm.Text) with
    {
        IsRequired = true,
        Example = "\"http://localhost:8080/\"",
    };

    private static readonly FormatKey Method = Key("method", "The method of the requests.", ValueForm.AnyText) with { Default = "\"GET\"" };

    private static readonly FormatKey Headers = Key(
        "headers", "Header fields, by name.", ValueForm.MapOf(ValueForm.AnyText, ValueForm.Number(), ValueForm.Boolean)) with
    {
        DefaultText = "none",
        Placeholders = Placeholders.None,
    };

    private static readonly FormatKey Baggage = Key(
        "baggage", "What is handed on with each request to all that it causes (W3C Baggage).",
        ValueForm.MapOf(ValueForm.AnyText, ValueForm.Number(), ValueForm.Boolean)) with
    {
        DefaultText = "none",
        Placeholders = Placeholders.None,
    };

    private static readonly FormatKey Body = Key("body", "What is sent; what is no text is sent as JSON.", ValueForm.Anything) with { DefaultText = "nothing" };

    /// <summary><c>weight</c> of a request.</summary>
    public static FormatKey Weight { get; } = Number("weight", "How often it is sent, beside the others.", 0.000001m, 1_000_000) with { Default = "1" };

    private static readonly FormatKey ExpectedStatus = Key(
        "expected_status", "The statuses that count as an answer.",
        ValueForm.Integer(100, 999), ValueForm.NumberText,
        ValueForm.List(ValueForm.Integer(100, 999), ValueForm.AnyText)) with
    {
        DefaultText = "200 to 399",
        Example = "[200, 503]",
    };

    private static readonly KeyPlace Pattern = new(
        "a pattern for answers",
        Key("body", "A regular expression that is found in the body.", ValueForm.AnyText),
        Key("header", "The header field that `pattern` is found in.", ValueForm.AnyText),
        Key("status", "A regular expression that is found in the status.", ValueForm.AnyText),
        Key("pattern", "A regular expression that is found in the header field.", ValueForm.AnyText),
        Key("jsonpath", "A path into a body that is JSON.", ValueForm.AnyText),
        Key("expect", "The value, or the list of values, that the path has to find.", ValueForm.Anything) with { DefaultText = "any" })
    {
        IsStrict = true,
        Summary = "What is looked for in an answer: `body`, `header` with `pattern`, `status`, or `jsonpath` with `expect`.",
    };

    private static readonly FormatKey Check = Key(
        "check", "What must be in the answer: a regular expression for the body, or a map that says where to look.",
        ValueForm.AnyText, ValueForm.Map(PlaceChoice.Always(static () => Pattern))) with
    {
        DefaultText = "nothing",
    };

    /// <summary>A request of several.</summary>
    public static KeyPlace Request { get; } = new(
        "a request of a load", Url, Method, Headers, Baggage, Body, Weight, ExpectedStatus, Check)
    {
        IsStrict = true,
        Summary = "One of several kinds of requests.",
    };

    /// <summary><c>rate</c> that is one number.</summary>
    public static FormatKey Rate { get; } = Number("rate", "Requests a second.", 0.0001m, MostRate) with { Unit = "1/s", Example = "100" };

    /// <summary>A rate of a step, or one end of a ramp.</summary>
    public static FormatKey StepRate { get; } = Number("rate", "Requests a second.", 0, MostRate) with { Unit = "1/s" };

    /// <inheritdoc cref="StepRate"/>
    public static FormatKey From { get; } = StepRate with { Name = "from", Summary = "Requests a second at its beginning.", Default = "0" };

    /// <inheritdoc cref="StepRate"/>
    public static FormatKey To { get; } = StepRate with { Name = "to", Summary = "Requests a second at its end.", Default = "0" };

    /// <summary><c>duration</c> of a step.</summary>
    public static FormatKey StepDuration { get; } = Number("duration", "Seconds.", LeastSeconds, ValueForm.LongestSeconds) with
    {
        Unit = "s",
        Default = "1",
    };

    private static readonly KeyPlace Step = new("a step of the rate", StepRate, From with { DefaultText = "`rate`" }, To with { DefaultText = "`rate`" }, StepDuration)
    {
        IsStrict = true,
        Summary = "A rate, or a ramp, for a time.",
    };

    private static readonly KeyPlace Ramp = new("a ramp of the rate", From, To) { IsStrict = true, Summary = "A rate that rises or falls evenly." };

    /// <summary><c>concurrency</c>.</summary>
    public static FormatKey Concurrency { get; } = Number(
        "concurrency", "So many users who wait for their answers (closed model), in place of `rate`.", 1, MostUsers);

    /// <summary><c>arrivals</c>.</summary>
    public static FormatKey Arrivals { get; } = Key(
        "arrivals", "How requests come.",
        ValueForm.OneOf(new KeyWord("even", "at equal distances"), new KeyWord("chance", "by chance, as a Poisson process"))) with
    {
        Default = "\"even\"",
    };

    /// <summary><c>duration</c> of a load.</summary>
    public static FormatKey Duration { get; } = StepDuration with
    {
        Summary = "Seconds for which requests are sent; not where `rate` is a list of steps, which have their own.",
        Default = null,
        Example = "10",
    };

    /// <summary><c>timeout</c> of each request.</summary>
    public static FormatKey Timeout { get; } = StepDuration with
    {
        Name = "timeout",
        Summary = "Seconds a user waits, from when the request was due.",
        Default = "2",
    };

    /// <summary><c>connections</c>.</summary>
    public static FormatKey Connections { get; } = Key(
        "connections", "Whether connections are used again.",
        ValueForm.OneOf(new KeyWord("kept", "used again, as programs with a pool do"), new KeyWord("fresh", "a new one for each request")),
        ValueForm.Number(0, 1)) with
    {
        Summary = "Whether connections are used again: `kept`, `fresh`, or the share of fresh ones.",
        Default = "\"kept\"",
    };

    /// <summary><c>max_connections</c>.</summary>
    public static FormatKey MaxConnections { get; } = Number(
        "max_connections", "How many connections are open at the same time.", 1, MostUsers) with
    {
        DefaultText = "1000, or as many as there are users",
    };

    /// <summary><c>http_version</c>.</summary>
    public static FormatKey HttpVersion { get; } = Key(
        "http_version", "The version of HTTP.",
        ValueForm.OneOf(new KeyWord("1.1", "HTTP/1.1"), new KeyWord("2", "HTTP/2, over TLS or for an `http` URL without")) with { MayBeNumber = true }) with
    {
        Default = "\"1.1\"",
    };

    /// <summary>The provider <c>load</c>.</summary>
    public static KeyPlace Provider { get; } = new("a load provider", [TypeKey.Of("load"), Duration, .. Sent(canChange: true)])
    {
        IsStrict = true,
        Summary = "Sends requests on a schedule, and returns what became of each.",
    };

    private static readonly KeyPlace UsersTolerance = new("the tolerance of users", LimitKeys.All)
    {
        IsStrict = true,
        AnyOf = [.. LimitKeys.All.Select(static key => key.Name)],
        Summary = "What users may feel at most; more makes the run `deviated`.",
    };

    /// <summary><c>users</c> of an experiment.</summary>
    public static KeyPlace Users { get; } = new(
        "the users of an experiment",
        [
            Key("tolerance", "What users may feel at most.", ValueForm.Map(PlaceChoice.Always(static () => UsersTolerance))) with
            {
                Placeholders = Placeholders.None,
                DefaultText = "nothing is decided by what they feel",
                Compat = "told, and decides nothing",
            },
            .. Sent(canChange: false),
        ])
    {
        IsStrict = true,
        Summary = "Requests through the whole run, from when the services are up until after the closing check.",
    };

    private static FormatKey[] Sent(bool canChange) =>
    [
        Url with { IsRequired = false, Summary = "Where the requests go: `http` or `https`. Either this or `requests`." },
        Method,
        Headers,
        Baggage,
        Body,
        Key("requests", "Several kinds of requests, each with a `weight`, in place of `url`.",
            ValueForm.ListOf(PlaceChoice.Always(static () => Request)) with { LeastItems = 1 }) with { Placeholders = Placeholders.None },
        ExpectedStatus,
        Check,
        canChange
            ? Rate with
            {
                Summary = "Requests a second: a number, `{\"from\", \"to\"}` for a ramp, or a list of steps with a `duration` each.",
                Forms =
                [
                    .. Rate.Forms,
                    ValueForm.Map(PlaceChoice.Always(static () => Ramp)),
                    ValueForm.ListOf(PlaceChoice.Always(static () => Step)),
                ],
            }
            : Rate,
        Concurrency,
        Arrivals,
        Timeout,
        Key("classes", "Names of kinds of answers, each with what is looked for in them; the first that is found counts.",
            ValueForm.MapOf(ValueForm.AnyText, ValueForm.Map(PlaceChoice.Always(static () => Pattern)))) with
        {
            DefaultText = "none",
            Placeholders = Placeholders.Inside,
            Example = """{"primary": "primary", "secondary": "secondary"}""",
        },
        Connections,
        MaxConnections,
        HttpVersion,
        Key("proxy", "The HTTP proxy that they go through; the environment's is not used.", ValueForm.Text) with { DefaultText = "none" },
        Key("verify_tls", ProviderKeys.VerifyTls.Summary, ValueForm.Boolean, ValueForm.Text) with { Default = "true" },
    ];

    private static FormatKey Number(string name, string summary, decimal least, decimal most) =>
        Key(name, summary, ValueForm.Number(least, most), ValueForm.NumberText);

    private static FormatKey Key(string name, string summary, params IReadOnlyList<ValueForm> forms) => new(name, summary, forms)
    {
        Placeholders = Placeholders.Inside,
        IsOurs = true,
    };
}
