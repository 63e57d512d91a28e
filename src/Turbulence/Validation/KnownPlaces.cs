using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Json;
using Turbulence.Tolerances.Loads;

namespace Turbulence.Validation;

/// <summary>
/// Every key that means something in an experiment, by place: the one table that <see cref="UnknownKeys"/> reads. A key that is read
/// anywhere and is missing here is called unknown, so whoever teaches a part of the program a new key adds it here.
/// </summary>
internal static class KnownPlaces
{
    private static readonly KeyPlace Pauses = new("pauses", "before", "after");

    private static readonly KeyPlace PythonProvider = new(
        "a python provider", "type", "module", "func", "arguments", "secrets", "configuration", "timeout", "retries", "interval", "until");

    private static readonly KeyPlace ProcessProvider = new(
        "a process provider", "type", "path", "arguments", "timeout", "cwd", "env", "stdin", "secrets", "retries", "interval", "until");

    private static readonly KeyPlace HttpProvider = new(
        "an http provider",
        "type", "url", "method", "headers", "arguments", "timeout", "verify_tls", "max_retries", "expected_status", "body_limit",
        "secrets", "retries", "interval", "until");

    private static readonly KeyPlace DotNetProvider = new(
        "a dotnet provider", "type", "assembly", "class", "method", "arguments", "secrets", "retries", "interval", "until");

    private static readonly KeyPlace FaultProvider =
        new("a fault provider", "type", "kind", "arguments", "duration", "max_targets", "irreversible") { IsStrict = true };

    private static readonly KeyPlace LoadRequest =
        new("a request of a load", "url", "method", "headers", "baggage", "body", "weight", "expected_status", "check") { IsStrict = true };

    private static readonly KeyPlace SpansProvider = new("a spans provider", "type", "arguments", "duration") { IsStrict = true };

    private static readonly KeyPlace LoadProvider = Sending(new("a load provider", "type", "duration"));

    private static readonly KeyPlace Margins = new("the margins of a comparison", [.. LoadLimits.ComparedFigures]) { IsStrict = true };

    private static readonly KeyPlace Equivalence = new("a comparison with what was before a fault", [.. LoadLimits.ComparedPhases])
    {
        IsStrict = true,
        Below = new() { ["during"] = static _ => Margins, ["after"] = static _ => Margins },
    };

    private static readonly KeyPlace UsersTolerance = Limiting(new("the tolerance of users"));

    private static readonly KeyPlace Users = Sending(new("the users of an experiment", "tolerance")) with
    {
        Below = new() { ["requests"] = static _ => LoadRequest, ["tolerance"] = static _ => UsersTolerance },
    };

    private static readonly KeyPlace PythonControl = new(
        "the python provider of a control", "type", "module", "arguments", "secrets", "timeout");

    private static readonly KeyPlace ProcessControl = new(
        "the process provider of a control", "type", "path", "args", "timeout", "hooks", "arguments", "secrets", "cwd", "env");

    private static readonly KeyPlace HttpControl = new(
        "the http provider of a control", "type", "url", "headers", "verify_tls", "timeout", "hooks", "arguments", "secrets");

    private static readonly KeyPlace DotNetControl = new(
        "the dotnet provider of a control", "type", "assembly", "class", "arguments", "secrets", "timeout");

    private static readonly KeyPlace Control = new("a control", "name", "provider", "scope", "automatic", "ref")
    {
        Below = new() { ["provider"] = ControlProviderOf },
    };

    private static readonly KeyPlace RegexTolerance = new("a regex tolerance", "type", "pattern", "target");

    private static readonly KeyPlace JsonPathTolerance = new("a jsonpath tolerance", "type", "path", "target", "count", "expect");

    private static readonly KeyPlace RangeTolerance = new("a range tolerance", "type", "range", "target");

    private static readonly KeyPlace LoadTolerance = Limiting(new("a load tolerance", "type"));

    private static readonly KeyPlace Activity = Probing(new(
        "an activity",
        "type", "name", "provider", "ref", "background", "pauses", "controls", "tolerance", "timeout", "retries", "interval", "until",
        "dry", "configuration", "secrets"));

    private static readonly KeyPlace Safeguard = Probing(Activity with { Called = "a safeguard", Keys = [.. Activity.Keys, "frequency"] });

    private static readonly KeyPlace Hypothesis = new("the steady-state hypothesis", "title", "probes", "controls")
    {
        Below = new() { ["probes"] = static _ => Activity, ["controls"] = static _ => Control },
    };

    private static readonly KeyPlace RollbackRuntime = new("runtime.rollbacks", "strategy");

    private static readonly KeyPlace HypothesisRuntime = new("runtime.hypothesis", "strategy", "frequency", "fail_fast", "settle");

    /// <summary><c>runtime</c>, of an experiment and of the settings.</summary>
    public static KeyPlace Runtime { get; } = new("runtime", "rollbacks", "hypothesis", "timeout", "safeguards")
    {
        Below = new()
        {
            ["rollbacks"] = static _ => RollbackRuntime,
            ["hypothesis"] = static _ => HypothesisRuntime,
            ["safeguards"] = static _ => Safeguard,
        },
    };

    private static readonly KeyPlace Readiness = new("the ready of a service", "url", "tcp", "command", "line", "timeout");

    private static readonly KeyPlace Proxy = new("the proxy of a service", "listen", "upstream", "protocol", "from", "name");

    private static readonly KeyPlace Service = new(
        "a service", "run", "needs", "ready", "cwd", "env", "output", "stop_timeout", "adopt", "proxy", "clock")
    {
        Below = new() { ["ready"] = static _ => Readiness, ["proxy"] = static _ => Proxy },
    };

    private static readonly KeyPlace Services = new("services") { Named = static _ => Service };

    private static readonly KeyPlace OurExtension = new("the extension 'turbulence'", "name", "services", "users")
    {
        Below = new() { ["services"] = static _ => Services, ["users"] = static _ => Users },
    };

    private static readonly KeyPlace EnvironmentValue = new("a value of the type env", "type", "key", "default", "env_var_type");

    private static readonly KeyPlace FileSecret = new("a secret of the type file", "type", "path", "key");

    private static readonly KeyPlace VaultSecret = new("a secret of the type vault", "type", "path", "key");

    private static readonly Dictionary<string, KeyPlace> ConfigurationForms = new(StringComparer.Ordinal)
    {
        ["env"] = EnvironmentValue,
        ["probe"] = Activity,
    };

    private static readonly Dictionary<string, KeyPlace> SecretForms =
        new(StringComparer.Ordinal) { ["env"] = EnvironmentValue, ["file"] = FileSecret, ["vault"] = VaultSecret };

    private static readonly KeyPlace Configuration = new("configuration")
    {
        Named = static value => FormOf(value, ConfigurationForms),
        Forms = ConfigurationForms,
    };

    private static readonly KeyPlace Secrets = new("secrets")
    {
        Named = static value => FormOf(value, SecretForms) ?? Secrets,
        Forms = SecretForms,
    };

    /// <summary>What a variable file may say.</summary>
    public static KeyPlace Variables { get; } = new("a variable file", "configuration", "secrets")
    {
        Below = new() { ["configuration"] = static _ => Configuration, ["secrets"] = static _ => Secrets },
    };

    /// <summary>A whole experiment.</summary>
    public static KeyPlace Experiment { get; } = new(
        "an experiment",
        "version", "title", "description", "tags", "contributions", "configuration", "secrets", "controls", "extensions",
        "runtime", "steady-state-hypothesis", "method", "rollbacks", "dry")
    {
        Below = new()
        {
            ["configuration"] = static _ => Configuration,
            ["secrets"] = static _ => Secrets,
            ["controls"] = static _ => Control,
            ["extensions"] = static extension => Type(extension, "name") == Turbulence.Services.ServiceDefinition.Extension
                ? OurExtension
                : null,
            ["runtime"] = static _ => Runtime,
            ["steady-state-hypothesis"] = static _ => Hypothesis,
            ["method"] = static _ => Activity,
            ["rollbacks"] = static _ => Activity,
        },
    };

    private static readonly KeyPlace Auth = new("a credential of the settings", "type", "value");

    private static readonly KeyPlace Auths = new("auths") { Named = static _ => Auth };

    private static readonly KeyPlace GlobalControls = new("the controls of the settings") { Named = static _ => Control };

    private static readonly KeyPlace Channel = new(
        "a notification channel", "type", "events", "url", "verify_tls", "headers", "forward_event_payload", "run", "timeout", "module",
        "func");

    /// <summary>The settings.</summary>
    public static KeyPlace Settings { get; } = new("the settings", "auths", "controls", "notifications", "runtime")
    {
        Below = new()
        {
            ["auths"] = static _ => Auths,
            ["controls"] = static _ => GlobalControls,
            ["notifications"] = static _ => Channel,
            ["runtime"] = static _ => Runtime,
        },
    };

    /// <summary>
    /// Where a key that is unknown in its own place may belong. What configuration and secrets are made of is not among them: <c>key</c>
    /// and <c>default</c> are words of everybody.
    /// </summary>
    public static IReadOnlyList<KeyPlace> Homes { get; } =
    [
        Activity, Experiment, Hypothesis, Runtime, RollbackRuntime, HypothesisRuntime, Safeguard, Pauses, PythonProvider, ProcessProvider,
        HttpProvider,
        DotNetProvider, FaultProvider, LoadProvider, SpansProvider,
        RegexTolerance, JsonPathTolerance, RangeTolerance, LoadTolerance, Control,
        PythonControl,
        ProcessControl, HttpControl, DotNetControl,
        OurExtension, Service, Readiness, Proxy,
    ];

    private static string? Type(JsonObject map, string key = "type") => JsonTexts.TryRead(map[key], out var text) ? text : null;

    private static KeyPlace Probing(KeyPlace place) => place with
    {
        Below = new()
        {
            ["provider"] = ProviderOf,
            ["pauses"] = static _ => Pauses,
            ["controls"] = static _ => Control,
            ["tolerance"] = ToleranceOf,
            ["until"] = ToleranceOf,
        },
    };

    // What is not limited because its name is misspelt would be met by anything.
    private static KeyPlace Limiting(KeyPlace place) => place with
    {
        Keys = [.. place.Keys, .. LoadLimits.Names],
        IsStrict = true,
        Below = new() { ["equivalent"] = static _ => Equivalence },
    };

    // As strict as a fault: a misspelt limit would send more than was meant.
    private static KeyPlace Sending(KeyPlace place) => place with
    {
        Keys =
        [
            .. place.Keys, "url", "method", "headers", "baggage", "body", "requests", "expected_status", "check", "rate", "concurrency",
            "arrivals", "timeout", "classes", "connections", "max_connections", "http_version", "proxy", "verify_tls",
        ],
        IsStrict = true,
        Below = new() { ["requests"] = static _ => LoadRequest },
    };

    private static KeyPlace? ProviderOf(JsonObject provider) => Type(provider) switch
    {
        "python" => PythonProvider,
        "process" => ProcessProvider,
        "http" => HttpProvider,
        "dotnet" => DotNetProvider,
        "fault" => FaultProvider,
        "load" => LoadProvider,
        "spans" => SpansProvider,
        _ => null,
    };

    private static KeyPlace? ControlProviderOf(JsonObject provider) => Type(provider) switch
    {
        "python" => PythonControl,
        "process" => ProcessControl,
        "http" => HttpControl,
        "dotnet" => DotNetControl,
        _ => null,
    };

    private static KeyPlace? ToleranceOf(JsonObject tolerance) => Type(tolerance) switch
    {
        "regex" => RegexTolerance,
        "jsonpath" => JsonPathTolerance,
        "range" => RangeTolerance,
        "probe" => Activity,
        "load" => LoadTolerance,
        _ => null,
    };

    // A map without a type is a value of its own, unless a key of it is nearly "type" and says one.
    private static KeyPlace? FormOf(JsonObject value, Dictionary<string, KeyPlace> forms)
    {
        if (value.ContainsKey("type"))
        {
            return Type(value) is { } type ? forms.GetValueOrDefault(type) : null;
        }

        return value.Where(member => NearestWord.Find(member.Key, ["type"]) is not null)
            .Select(member => Type(value, member.Key) is { } type ? forms.GetValueOrDefault(type) : null)
            .FirstOrDefault(form => form is not null);
    }
}
