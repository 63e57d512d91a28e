using System.Globalization;

namespace Turbulence.Telemetry.Settings;

/// <summary>
/// What the standard variables of the environment ask for (OpenTelemetry's specification, "Environment Variable Specification" and
/// "OpenTelemetry Protocol Exporter"). Nothing is sent unless an endpoint is given, or a signal's exporter is said to be <c>otlp</c>.
/// </summary>
internal sealed class TelemetrySettings
{
    private const string HttpEndpoint = "http://localhost:4318";
    private const string GrpcEndpoint = "http://localhost:4317";
    private const int UsualTimeout = 10_000;

    private readonly IReadOnlyDictionary<string, string> environment;
    private readonly List<string> problems = [];

    private TelemetrySettings(IReadOnlyDictionary<string, string> environment)
    {
        this.environment = environment;
        if (Flag("OTEL_SDK_DISABLED"))
        {
            return;
        }

        Traces = Target("TRACES", "v1/traces");
        Metrics = Target("METRICS", "v1/metrics");
        Logs = Target("LOGS", "v1/logs");
    }

    /// <summary>Where traces go; null for nowhere.</summary>
    public OtlpTarget? Traces { get; }

    /// <summary>Where metrics go; null for nowhere.</summary>
    public OtlpTarget? Metrics { get; }

    /// <summary>Where logs go; null for nowhere.</summary>
    public OtlpTarget? Logs { get; }

    /// <summary>Whether anything is sent.</summary>
    public bool IsOn => Traces is not null || Metrics is not null || Logs is not null;

    /// <summary>Whether requests name their trace by <c>traceparent</c>, as <c>OTEL_PROPAGATORS</c> says. Default: yes.</summary>
    public bool Propagates => Text("OTEL_PROPAGATORS") is not { } names || Words(names).Contains("tracecontext");

    /// <summary>What the run belongs to: <c>TRACEPARENT</c>; null for nothing.</summary>
    public string? Parent => Text("TRACEPARENT");

    /// <summary>What goes with it: <c>TRACESTATE</c>; null for nothing.</summary>
    public string? ParentState => Text("TRACESTATE");

    /// <summary>What cannot be followed, one line each.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>What the SDK reads by itself: samplers, limits, queues, resources.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ForSdk =>
        environment.Where(static one => one.Key.StartsWith("OTEL_", StringComparison.Ordinal)).Select(static one => KeyValuePair.Create(one.Key, (string?)one.Value));

    /// <summary>Reads the environment.</summary>
    public static TelemetrySettings Read(IReadOnlyDictionary<string, string> environment) => new(environment);

    /// <summary>A whole number above 0.</summary>
    public int Number(string name, int usual)
    {
        if (Text(name) is not { } text)
        {
            return usual;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            return number;
        }

        problems.Add($"{name} is '{text}', which is no whole number above 0; {usual} is used");
        return usual;
    }

    /// <summary>A variable; null where it is not there, or empty, which is the same.</summary>
    public string? Text(string name) => environment.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } text ? text : null;

    private OtlpTarget? Target(string signal, string path)
    {
        var own = $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT";
        var exporters = Text($"OTEL_{signal}_EXPORTER") is { } named ? Words(named) : null;
        var isGiven = Text(own) is not null || Text("OTEL_EXPORTER_OTLP_ENDPOINT") is not null;
        if (exporters is not null && !exporters.Contains("otlp"))
        {
            if (isGiven && exporters.Find(static one => one != "none") is { } unknown)
            {
                problems.Add($"OTEL_{signal}_EXPORTER is '{unknown}', which is not known here; {Lower(signal)} are not sent");
            }

            return null;
        }

        if (exporters is null && !isGiven)
        {
            return null;
        }

        var isGrpc = IsGrpc(signal);
        var text = Text(own) ?? Text("OTEL_EXPORTER_OTLP_ENDPOINT") ?? (isGrpc ? GrpcEndpoint : HttpEndpoint);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
        {
            problems.Add($"{(Text(own) is null ? "OTEL_EXPORTER_OTLP_ENDPOINT" : own)} is no URL of http or https; {Lower(signal)} are not sent");
            return null;
        }

        // A signal's own endpoint is taken as it is; of the one for all its path is added to.
        if (!isGrpc && Text(own) is null)
        {
            endpoint = new Uri($"{text.TrimEnd('/')}/{path}");
        }

        return new OtlpTarget(
            endpoint,
            isGrpc,
            Of(signal, "HEADERS") ?? "",
            TimeSpan.FromMilliseconds(Number(Name(signal, "TIMEOUT"), UsualTimeout)),
            IsCompressed(signal),
            Of(signal, "CERTIFICATE"),
            Of(signal, "CLIENT_CERTIFICATE"),
            Of(signal, "CLIENT_KEY"));
    }

    private bool IsGrpc(string signal)
    {
        switch (Of(signal, "PROTOCOL"))
        {
            case null or "http/protobuf":
                return false;
            case "grpc":
                return true;
            case { } other:
                problems.Add($"{Name(signal, "PROTOCOL")} is '{other}', which is not known here; http/protobuf is used");
                return false;
        }
    }

    private bool IsCompressed(string signal)
    {
        switch (Of(signal, "COMPRESSION"))
        {
            case null or "none":
                return false;
            case "gzip":
                return true;
            case { } other:
                problems.Add($"{Name(signal, "COMPRESSION")} is '{other}', which is not known here; nothing is compressed");
                return false;
        }
    }

    // A signal's own variable wins over the one for all.
    private string Name(string signal, string what) =>
        Text($"OTEL_EXPORTER_OTLP_{signal}_{what}") is null ? $"OTEL_EXPORTER_OTLP_{what}" : $"OTEL_EXPORTER_OTLP_{signal}_{what}";

    private string? Of(string signal, string what) => Text(Name(signal, what));

    private bool Flag(string name)
    {
        var text = Text(name);
        if (text is null || text.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (text.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        problems.Add($"{name} is '{text}', which is neither true nor false; false is used");
        return false;
    }

    private static List<string> Words(string list) =>
        [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static string Lower(string signal) => signal.ToLowerInvariant();
}
