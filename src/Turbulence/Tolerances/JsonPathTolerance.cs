using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Json;
using Turbulence.JsonPaths;
using Turbulence.Python;
using Turbulence.Values;

namespace Turbulence.Tolerances;

/// <summary>
/// <c>{"type": "jsonpath", "path": text, "target": key?, "count": integer?, "expect": any?}</c>: the path finds something; with
/// <c>count</c> exactly so many values; with <c>expect</c>, which replaces both, exactly that value or that list of values. A text is read
/// as JSON where it is JSON. In the default mode a process or a response without a target is looked at as a whole, as the reference runner
/// does, and where nothing is found there in <c>stdout</c> or <c>body</c>; and nothing was found only where there was JSON to look in, so
/// that a text that is no JSON, or a target that is not there, never meets a tolerance that wants nothing.
/// </summary>
internal sealed class JsonPathTolerance : IToleranceType
{
    // Far more than anybody writes and little enough for every walk over the value.
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 512 };

    /// <inheritdoc/>
    public string Type => "jsonpath";

    /// <inheritdoc/>
    public void Validate(JsonObject declaration, ToleranceValidation validation)
    {
        validation.CheckTarget(declaration);
        var place = validation.Path["path"];
        if (!declaration.TryGetPropertyValue("path", out var path))
        {
            validation.Error(validation.Path, "hypothesis jsonpath probe tolerance must have a `path` key");
        }
        else if (JsonTexts.TryRead(path, out var text) && string.IsNullOrWhiteSpace(text))
        {
            validation.Error(place, "hypothesis probe tolerance JSON path cannot be empty");
        }
        else if (text is null)
        {
            validation.Error(
                place,
                $"hypothesis probe tolerance JSON path {PythonText.Of(path).Trim()} is invalid{(IsCompatible(validation) ? "" : ": it must be a text")}");
        }
        else if (!IsTemplate(text, validation)
            && !JsonPathQuery.TryParse(text.Trim(), Dialect(validation.Compatibility), out _, out var mistake))
        {
            validation.Error(
                place, $"hypothesis probe tolerance JSON path {text.Trim()} is invalid{(IsCompatible(validation) ? "" : $": {mistake}")}");
        }

        if (validation.HasStatus && !PythonTruth.Of(declaration["target"]))
        {
            var usual = new ProbeOutput(null, validation.ProviderType, SecretMask.None).TextKey;
            validation.Advise(
                validation.Path, $"without a `target` the whole output is looked at before `{usual}`; say which one is meant");
        }
    }

    private static bool IsCompatible(ToleranceValidation validation) => validation.Compatibility == Compatibility.ChaosToolkit;

    // The reference parses the path before its placeholders are replaced, so there it cannot have any.
    private static bool IsTemplate(string path, ToleranceValidation validation) =>
        validation.Compatibility == Compatibility.None && path.Contains("${", StringComparison.Ordinal);

    /// <inheritdoc/>
    public ValueTask<ToleranceOutcome> EvaluateAsync(JsonObject declaration, ToleranceCheck check, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Evaluate(declaration, check));

    private static ToleranceOutcome Evaluate(JsonObject declaration, ToleranceCheck check)
    {
        var unresolved = check.Substitute(declaration["path"], out var path) ?? check.Substitute(declaration["expect"], out _);
        _ = check.Substitute(declaration["expect"], out var expect);
        var wanted = new JsonPathExpectation(
            check.Hides,
            declaration.TryGetPropertyValue("count", out var count) ? count : null, declaration.ContainsKey("expect"), expect);
        var reachable = check.Probe.TryTarget(declaration, usualKey: null, out var measured, out var problem);
        measured = At(path, measured);
        if (unresolved is not null || !reachable)
        {
            return ToleranceOutcome.Unknown(measured, wanted.Text, unresolved ?? problem!);
        }

        if (!JsonTexts.TryRead(path, out var text))
        {
            return ToleranceOutcome.Unknown(measured, wanted.Text, $"the path is {JsonKinds.Kind(path)}, not a text");
        }

        if (!JsonPathQuery.TryParse(text, Dialect(check.Compatibility), out var query, out var mistake))
        {
            return ToleranceOutcome.Unknown(measured, wanted.Text, $"the path is invalid: {mistake}");
        }

        var outcome = Judge(query, measured, wanted, check.IsReference, out var found);
        if (check.IsReference || found > 0 || outcome.Explanation is not null)
        {
            return outcome;
        }

        if (PythonTruth.Of(declaration["target"]))
        {
            return outcome.Met && IsMissing(declaration["target"], check.Output)
                ? outcome with { Met = false, Actual = $"an output that has no {ShortJson.Of(declaration["target"], check.Hides)}" }
                : outcome;
        }

        return check.Probe.TryGetUsualPart(check.Probe.TextKey, out var usual) && !(outcome.Met && Names(text, check.Output))
            ? Judge(query, At(path, usual), wanted, isReference: false, out _)
            : outcome;
    }

    private static bool IsMissing(JsonNode? target, JsonNode? output) =>
        JsonTexts.TryRead(target, out var key) && (output as JsonObject)?.ContainsKey(key) != true;

    // "$.headers.Age" is about the response and not about its body.
    private static bool Names(string path, JsonNode? output) => output is JsonObject map && map.Any(part =>
        new[] { $"$.{part.Key}", part.Key, $"$['{part.Key}']", $"$[\"{part.Key}\"]" }.Any(step =>
            path.StartsWith(step, StringComparison.Ordinal) && (path.Length == step.Length || path[step.Length] is '.' or '[')));

    private static ToleranceOutcome Judge(
        JsonPathQuery query, Measured measured, JsonPathExpectation wanted, bool isReference, out int found)
    {
        found = 0;
        var isJson = TryParse(measured.Value, out var parsed);
        if (!query.TrySelect(parsed, out var values, out var problem))
        {
            return ToleranceOutcome.Unknown(measured, wanted.Text, problem ?? "the path can not be applied to the value");
        }

        found = values.Count;
        if (found == 0 && !isJson && !isReference)
        {
            return new(false, measured.Name, wanted.Text, $"a text that is no JSON: {ShortJson.Of(measured.Value, measured.Mask)}");
        }

        var actual = found switch
        {
            0 => "nothing",
            1 => ShortJson.Of(values[0], measured.Mask),
            _ => ShortJson.OfMany(values, measured.Mask),
        };
        return new(wanted.IsMetBy(values), measured.Name, wanted.Text, actual);
    }

    private static Measured At(JsonNode? path, Measured measured) =>
        measured with
        {
            Name = $"{(JsonTexts.TryRead(path, out var text) ? ShortJson.Cut(text, measured.Mask) : ShortJson.Of(path, measured.Mask))} in {measured.Name}",
        };

    private static bool TryParse(JsonNode? value, out JsonNode? parsed)
    {
        parsed = value;
        if (!JsonTexts.TryRead(value, out var text))
        {
            return true;
        }

        try
        {
            parsed = JsonNode.Parse(text, documentOptions: Reading);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonPathDialect Dialect(Compatibility compatibility) =>
        compatibility == Compatibility.ChaosToolkit ? JsonPathDialect.Reference : JsonPathDialect.Either;
}
