using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Experiments;
using Turbulence.JsonPaths;
using Turbulence.Values;

namespace Turbulence.Tolerances;

/// <summary>
/// <c>{"type": "jsonpath", "path": text, "target": key?, "count": integer?, "expect": any?}</c>: the path finds something; with
/// <c>count</c> exactly so many values; with <c>expect</c>, which replaces both, exactly that value or that list of values. A
/// text is read as JSON where it is JSON. In the default mode a process or a response without a target is looked at as a whole,
/// as the reference runner does, and where that is not met in <c>stdout</c> or <c>body</c>.
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
        var place = validation.Path["path"];
        if (!declaration.TryGetPropertyValue("path", out var path))
        {
            validation.Error(validation.Path, "hypothesis jsonpath probe tolerance must have a `path` key");
        }
        else if (JsonTexts.TryRead(path, out var text) && string.IsNullOrWhiteSpace(text))
        {
            validation.Error(place, "hypothesis probe tolerance JSON path cannot be empty");
        }
        else if (text is null || !(IsTemplate(text, validation) || JsonPathQuery.TryParse(text.Trim(), Dialect(validation.Compatibility), out _, out _)))
        {
            validation.Error(place, $"hypothesis probe tolerance JSON path {PythonText.Of(path).Trim()} is invalid");
        }

        if (validation.HasStatus && !PythonTruth.Of(declaration["target"]))
        {
            var usual = new ProbeOutput(null, validation.ProviderType).TextKey;
            validation.Advise(
                validation.Path, $"without a `target` the whole output is looked at before `{usual}`; say which one is meant");
        }
    }

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

        var outcome = Judge(query, measured, wanted, out var found);
        if (outcome.Met || check.IsReference || found > 0 || PythonTruth.Of(declaration["target"])
            || !check.Probe.TryGetUsualPart(check.Probe.TextKey, out var usual))
        {
            return outcome;
        }

        return Judge(query, At(path, usual), wanted, out _);
    }

    private static ToleranceOutcome Judge(JsonPathQuery query, Measured measured, JsonPathExpectation wanted, out int found)
    {
        found = 0;
        if (!query.TrySelect(Parsed(measured.Value), out var values, out var problem))
        {
            return ToleranceOutcome.Unknown(measured, wanted.Text, problem ?? "the path can not be applied to the value");
        }

        found = values.Count;
        var actual = found switch { 0 => "nothing", 1 => ShortJson.Of(values[0]), _ => ShortJson.OfMany(values) };
        return new(wanted.IsMetBy(values), measured.Name, wanted.Text, actual);
    }

    private static Measured At(JsonNode? path, Measured measured) =>
        measured with { Name = $"{(JsonTexts.TryRead(path, out var text) ? ShortJson.Cut(text) : ShortJson.Of(path))} in {measured.Name}" };

    private static JsonNode? Parsed(JsonNode? value)
    {
        if (!JsonTexts.TryRead(value, out var text))
        {
            return value;
        }

        try
        {
            return JsonNode.Parse(text, documentOptions: Reading);
        }
        catch (JsonException)
        {
            return value;
        }
    }

    private static JsonPathDialect Dialect(Compatibility compatibility) =>
        compatibility == Compatibility.ChaosToolkit ? JsonPathDialect.Reference : JsonPathDialect.Either;
}
