using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Python;

namespace Turbulence.Activities.Http;

/// <summary>Finds what is wrong with a provider object before it is used. An error is what can never run, in either mode.</summary>
internal static class HttpValidation
{
    /// <summary>Adds every problem of <paramref name="provider"/>.</summary>
    /// <param name="provider">The provider object.</param>
    /// <param name="path">Its place in the document.</param>
    /// <param name="problems">Receives the problems.</param>
    public static void Check(JsonObject provider, DocumentPath path, ProblemList problems)
    {
        CheckUrl(provider["url"], provider.ContainsKey("url") ? path["url"] : path, problems);
        if (provider.TryGetPropertyValue("method", out var method)
            && !IsPlaceholder(method)
            && HttpOrderReader.MethodProblem(JsonScalars.Text(method) ?? "") is { } problem)
        {
            problems.Error(path["method"], problem);
        }

        CheckHeaders(provider["headers"], path["headers"], problems);
        CheckArguments(provider, path["arguments"], problems);
        if (!HasPlaceholder(provider["timeout"]) && TimeLimits.From(provider["timeout"], Compatibility.None) is null)
        {
            problems.Error(path["timeout"], "timeout must be a number of seconds above 0, or [connect, read] of two such numbers");
        }

        if (!IsPlaceholder(provider["verify_tls"]) && ServerTrust.From(provider["verify_tls"], Compatibility.None) is null)
        {
            problems.Error(path["verify_tls"], "verify_tls must be true, false, or the path of a file of certificates");
        }

        if (provider["max_retries"] is { } retries && !IsPlaceholder(retries) && JsonScalars.Integer(retries, fromText: true) is not >= 0)
        {
            problems.Error(path["max_retries"], "max_retries must be a whole number, 0 or more");
        }

        // The reference knows none, and an experiment that runs there may have its own idea of the name.
        if (!HasPlaceholder(provider["body_limit"]) && HttpOrderReader.ReadBodyLimit(provider["body_limit"], 1) is null)
        {
            problems.Warning(path["body_limit"], HttpOrderReader.BodyLimitProblem);
        }

        // The reference never reads it, so an experiment that runs there must not be turned away for it.
        if (provider["expected_status"] is { } expected && !HasPlaceholder(expected) && ExpectedStatus.From(expected) is null)
        {
            problems.Warning(path["expected_status"], "expected_status must be a number or a list of numbers");
        }
    }

    private static void CheckUrl(JsonNode? url, DocumentPath path, ProblemList problems)
    {
        if (!PythonTruth.Of(url))
        {
            problems.Error(path, "a HTTP activity must have a URL");
        }
        else if (JsonScalars.Text(url) is not { } text)
        {
            problems.Error(path, "the URL must be a text");
        }
        else if (!IsPlaceholder(url) && !HttpUrl.TryParse(text, out _, out var problem))
        {
            problems.Error(path, $"'{HttpUrl.Shown(text)}' is {problem}");
        }
    }

    private static void CheckHeaders(JsonNode? headers, DocumentPath path, ProblemList problems)
    {
        if (headers is not JsonObject map)
        {
            if (PythonTruth.Of(headers))
            {
                problems.Error(path, "a HTTP activities expect headers as a mapping");
            }

            return;
        }

        foreach (var (name, value) in map)
        {
            if (!HasPlaceholder(value) && new HeaderList().Add(new JsonObject { [name] = value?.DeepClone() }) is { } problem)
            {
                problems.Error(path[name], problem);
            }
        }
    }

    private static void CheckArguments(JsonObject provider, DocumentPath path, ProblemList problems)
    {
        var headers = new HeaderList();
        if (provider["headers"] is JsonObject map && (HasPlaceholder(map) || headers.Add(map) is not null))
        {
            return;
        }

        var method = provider.ContainsKey("method") ? JsonScalars.Text(provider["method"])?.ToUpperInvariant() : "GET";
        var json = method != "GET" && HttpOrderReader.AsksForJson(headers, Compatibility.None);
        if (!json && !HasPlaceholder(provider["arguments"]) && !FormText.TryWrite(provider["arguments"], out _))
        {
            problems.Error(path, "arguments must be a map, a list of pairs or a text, "
                + "unless they are sent as JSON with the header Content-Type: application/json");
        }
    }

    private static bool IsPlaceholder(JsonNode? value) => value is JsonValue && HasPlaceholder(value);

    private static bool HasPlaceholder(JsonNode? value) => value switch
    {
        JsonObject map => map.Any(member => HasPlaceholder(member.Value)),
        JsonArray list => list.Any(HasPlaceholder),
        _ => JsonScalars.Text(value)?.Contains('$', StringComparison.Ordinal) == true,
    };
}
