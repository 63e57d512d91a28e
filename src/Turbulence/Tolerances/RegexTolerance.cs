using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Python;
using Turbulence.Python.Patterns;

namespace Turbulence.Tolerances;

/// <summary>
/// <c>{"type": "regex", "pattern": text, "target": key?}</c>: a match is found anywhere in the text. In the default mode a
/// process without a target is searched in <c>stdout</c>, a response in <c>body</c>, and a value that is no text in its JSON text.
/// </summary>
internal sealed class RegexTolerance : IToleranceType
{
    private static readonly JsonSerializerOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public string Type => "regex";

    /// <inheritdoc/>
    public void Validate(JsonObject declaration, ToleranceValidation validation)
    {
        validation.CheckTarget(declaration);
        if (!declaration.TryGetPropertyValue("pattern", out var pattern))
        {
            validation.Error(validation.Path, "hypothesis regex probe tolerance must have a `pattern` key");
        }
        else if (!JsonTexts.TryRead(pattern, out var text))
        {
            validation.Error(
                validation.Path["pattern"], $"hypothesis probe tolerance pattern {PythonText.Of(pattern)} has an invalid type");
        }
        else if (!PythonRegex.TryTranslate(text, validation.Compatibility, out var regex, out var problem))
        {
            validation.Error(validation.Path["pattern"], $"hypothesis probe tolerance pattern {text} seems invalid: {problem}");
        }
        else if (regex.PythonProblem is { } foreign)
        {
            validation.Advise(validation.Path["pattern"], $"the pattern is read as .NET's, it is not one of Python's: {foreign}");
        }
    }

    /// <inheritdoc/>
    public ValueTask<ToleranceOutcome> EvaluateAsync(JsonObject declaration, ToleranceCheck check, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Evaluate(declaration, check));

    private static ToleranceOutcome Evaluate(JsonObject declaration, ToleranceCheck check)
    {
        var unresolved = check.Substitute(declaration["pattern"], out var pattern);
        var isText = JsonTexts.TryRead(pattern, out var patternText);
        var expected = $"a match of {patternText ?? ShortJson.Of(pattern, check.Hides)}";
        var usualKey = check.IsReference ? null : check.Probe.TextKey;
        var reachable = check.Probe.TryTarget(declaration, usualKey, out var measured, out var problem);
        if (unresolved is not null)
        {
            return ToleranceOutcome.Unknown(measured, expected, unresolved);
        }

        if (!isText)
        {
            return ToleranceOutcome.Unknown(measured, expected, $"the pattern is {JsonKinds.Kind(pattern)}, not a text");
        }

        if (!PythonRegex.TryTranslate(patternText!, check.Compatibility, out var regex, out var mistake))
        {
            return ToleranceOutcome.Unknown(measured, expected, $"the pattern is invalid: {mistake}");
        }

        if (!reachable)
        {
            return ToleranceOutcome.Unknown(measured, expected, problem!);
        }

        if (TextOf(measured.Value, check) is not { } text)
        {
            return ToleranceOutcome.Unknown(measured, expected, $"{JsonKinds.Kind(measured.Value)} is no text to search in");
        }

        return regex.TrySearch(text, out var found)
            ? ToleranceOutcome.Judged(found, measured, expected)
            : ToleranceOutcome.Unknown(measured, expected, $"the search took longer than {PythonRegex.TimeLimit.TotalSeconds:0} s");
    }

    // The whole map of a probe is no text in either mode: to find something in its keys would prove nothing.
    private static string? TextOf(JsonNode? value, ToleranceCheck check)
    {
        if (JsonTexts.TryRead(value, out var text) || value is null || check.IsReference)
        {
            return text;
        }

        return value is JsonObject && ReferenceEquals(value, check.Output) ? null : value.ToJsonString(AsItIs);
    }
}
