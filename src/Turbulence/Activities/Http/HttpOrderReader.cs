using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Python;

namespace Turbulence.Activities.Http;

/// <summary>Reads a provider object after its placeholders were replaced.</summary>
internal sealed class HttpOrderReader(ActivityCall call, int bodyLimit, CertificateBundles bundles)
{
    /// <summary>What is wrong with a <c>body_limit</c> that <see cref="ReadBodyLimit"/> does not take.</summary>
    public const string BodyLimitProblem = "body_limit must be a whole number of bytes from 1 to 536870912";

    private const int LargestBodyLimit = 512 * 1024 * 1024;

    /// <summary>Everything that is read, and whether the reference replaces its placeholders too.</summary>
    private static readonly (string Key, bool InReference)[] Keys =
    [
        ("url", true), ("headers", true), ("timeout", true), ("arguments", true),
        ("method", false), ("verify_tls", false), ("max_retries", false), ("expected_status", false), ("body_limit", false),
    ];

    private readonly Dictionary<string, JsonNode?> values = [];
    private readonly bool compatible = call.Compatibility == Compatibility.ChaosToolkit;

    /// <summary>Reads the provider object of the call.</summary>
    /// <param name="order">What to send.</param>
    /// <param name="failure">The result to return instead.</param>
    /// <returns>Whether there is something to send.</returns>
    public bool TryRead([NotNullWhen(true)] out HttpOrder? order, [NotNullWhen(false)] out ActivityResult? failure)
    {
        order = null;
        if (!TrySubstitute(out failure))
        {
            return false;
        }

        order = Read(out var problem);
        failure = order is null ? ActivityResult.Crashed(problem) : null;
        return order is not null;
    }

    private bool TrySubstitute([NotNullWhen(false)] out ActivityResult? failure)
    {
        var provider = call.Activity.Provider;
        foreach (var (key, inReference) in Keys)
        {
            if (!provider.TryGetPropertyValue(key, out var value))
            {
                continue;
            }

            // The reference leaves arguments alone, $$ included, while it has nothing to put into them.
            var replaced = !compatible || (inReference && !(key == "arguments" && call.Values.IsEmpty));
            if (replaced && !call.TrySubstitute(value, out value, out failure))
            {
                return false;
            }

            values[key] = value;
        }

        failure = null;
        return true;
    }

    private HttpOrder? Read(out string problem)
    {
        if (!TryReadUrl(out var written, out problem)
            || !TryReadMethod(out var method, out problem)
            || !TryReadHeaders(out var headers, out problem)
            || !TryReadArguments(method, headers, out var query, out var body, out problem))
        {
            return null;
        }

        var shown = HttpUrl.Shown(written);
        if (!HttpUrl.TryParse(HttpUrl.WithQuery(written, query), out var url, out var unusable))
        {
            problem = $"'{shown}' is {unusable}";
            return null;
        }

        var limits = TimeLimits.From(Value("timeout"), call.Compatibility);
        var trust = ServerTrust.From(Value("verify_tls"), call.Compatibility);
        var retries = Value("max_retries") is { } count ? JsonScalars.Integer(count, fromText: !compatible) : 0;
        var expected = compatible || Value("expected_status") is null ? null : ExpectedStatus.From(Value("expected_status"));
        var limit = compatible ? bodyLimit : ReadBodyLimit(Value("body_limit"), bodyLimit);
        problem = limits is null ? "timeout must be a number of seconds above 0, or [connect, read] of two such numbers"
            : trust is null ? "verify_tls must be true, false, or the path of a file of certificates"
            : retries is null ? "max_retries must be a whole number"
            : !compatible && expected is null && Value("expected_status") is not null
                ? "expected_status must be a number or a list of numbers"
            : limit is null ? BodyLimitProblem
            : "";
        if (problem.Length > 0)
        {
            return null;
        }

        if (!bundles.TryLoad(trust!, out var authorities, out var unreadable))
        {
            problem = unreadable!;
            return null;
        }

        return new HttpOrder
        {
            ShownUrl = shown,
            Url = url,
            Method = method,
            Headers = headers,
            Body = body,
            Arguments = Value("arguments"),
            Limits = limits!.Value,
            Trust = trust!,
            Authorities = authorities,
            Retries = Math.Max(0, retries!.Value),
            Expected = expected,
            BodyLimit = limit!.Value,
        };
    }

    private bool TryReadUrl(out string url, out string problem)
    {
        url = JsonScalars.Text(Value("url")) ?? "";
        problem = PythonTruth.Of(Value("url")) ? "the URL must be a text" : "a HTTP activity must have a URL";
        return url.Length > 0;
    }

    private bool TryReadMethod(out string method, out string problem)
    {
        method = values.TryGetValue("method", out var value) ? JsonScalars.Text(value)?.ToUpperInvariant() ?? "" : "GET";
        problem = MethodProblem(method) ?? "";
        return problem.Length == 0;
    }

    private bool TryReadHeaders(out HeaderList headers, out string problem)
    {
        headers = new HeaderList { ["User-Agent"] = "turbulence", ["Accept"] = "*/*" };
        if (call.Trace is { } trace)
        {
            headers["traceparent"] = trace;
        }

        problem = "";
        var value = Value("headers");
        if (PythonTruth.Of(value))
        {
            problem = value is JsonObject map ? headers.Add(map) ?? "" : "a HTTP activities expect headers as a mapping";
        }

        return problem.Length == 0;
    }

    private bool TryReadArguments(string method, HeaderList headers, out string query, out byte[]? body, out string problem)
    {
        var arguments = Value("arguments");
        (query, body, problem) = ("", null, "");
        if (method != "GET" && AsksForJson(headers, call.Compatibility))
        {
            problem = PythonJson.TryWrite(arguments, out var json)
                ? ""
                : "the arguments hold a number that is too large for JSON's readers";
            body = arguments is null ? null : Encoding.ASCII.GetBytes(json);
            return problem.Length == 0;
        }

        if (!FormText.TryWrite(arguments, out var text))
        {
            problem = "arguments must be a map, a list of pairs or a text";
            return false;
        }

        if (method == "GET")
        {
            query = text;
        }
        else if (text.Length > 0)
        {
            body = Encoding.UTF8.GetBytes(text);
            if (JsonScalars.Kind(arguments) != JsonValueKind.String && headers["Content-Type"] is null)
            {
                headers["Content-Type"] = "application/x-www-form-urlencoded";
            }
        }

        return true;
    }

    /// <summary>Reads <c>body_limit</c>, a number of bytes.</summary>
    /// <returns>The limit, or <paramref name="usual"/> where there is none; null when it makes no sense.</returns>
    public static int? ReadBodyLimit(JsonNode? value, int usual) =>
        value is null ? usual : JsonScalars.Integer(value, fromText: true) is >= 1 and <= LargestBodyLimit and var limit ? limit : null;

    /// <summary>What is wrong with a method, in one line; null when it can be sent.</summary>
    public static string? MethodProblem(string method) =>
        !HeaderList.IsToken(method) ? "the method must be a word such as GET or POST"
        : method.Equals("CONNECT", StringComparison.OrdinalIgnoreCase) ? "the method CONNECT is for proxies and cannot be sent"
        : null;

    /// <summary>Whether the headers make the arguments a JSON body; the reference wants the exact name and value.</summary>
    public static bool AsksForJson(HeaderList headers, Compatibility compatibility) => compatibility == Compatibility.ChaosToolkit
        ? headers.All.Contains(new("Content-Type", "application/json"))
        : MediaType.Parse(headers["Content-Type"]).IsJson;

    private JsonNode? Value(string key) => values.GetValueOrDefault(key);
}
