using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Json;
using Turbulence.Python;

namespace Turbulence.Tolerances;

/// <summary>
/// The key <c>tolerance</c> of a probe: what its output has to be. A boolean, an integer, a text and a list say it by
/// themselves; a map says it by its <c>type</c>.
/// </summary>
public static class Tolerance
{
    private const string WrongType =
        "hypothesis probe tolerance must either be an integer, a string, a boolean or a pair of values for boundaries. "
        + "It can also be a dictionary which is a probe activity definition that takes an argument called `value` with "
        + "the value of the probe itself to be validated";

    private static readonly IToleranceType[] Types =
        [new RegexTolerance(), new JsonPathTolerance(), new RangeTolerance(), new ProbeTolerance(), new LoadTolerance()];

    /// <summary>Adds every problem of a tolerance; touches nothing.</summary>
    /// <param name="tolerance">The value of the key <c>tolerance</c>.</param>
    /// <param name="validation">Where it stands and where the problems go.</param>
    public static void Validate(JsonNode? tolerance, ToleranceValidation validation)
    {
        try
        {
            Inspect(tolerance, validation);
        }
        catch (Exception problem) when (IsUnreadable(problem))
        {
            validation.Error(validation.Path, $"hypothesis probe tolerance can not be read: {problem.Message}");
        }
    }

    /// <summary>
    /// Holds an output against its tolerance. Whatever the two are, the answer is an outcome: what the reference runner
    /// crashes on is not met, with an explanation.
    /// </summary>
    /// <param name="check">The tolerance, the output and what else is needed.</param>
    /// <param name="cancellationToken">Ends a tolerance that is a probe.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async ValueTask<ToleranceOutcome> EvaluateAsync(ToleranceCheck check, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await ChooseAsync(check, cancellationToken);
            return outcome.Met || check.IsReference
                ? outcome
                : outcome with { Actual = outcome.Actual + check.Probe.FailureText(outcome.Rule) };
        }
        catch (Exception problem) when (IsUnreadable(problem))
        {
            return new(false, "output", "what the tolerance says", "a value that can not be read", problem.Message);
        }
    }

    private static void Inspect(JsonNode? tolerance, ToleranceValidation validation)
    {
        switch (tolerance)
        {
            case JsonObject map when Find(map) is { } type:
                type.Validate(map, validation);
                break;
            case JsonObject map:
                var names = Types.Select(known => known.Type);
                validation.Error(
                    validation.Path["type"],
                    $"hypothesis probe tolerance type '{PythonText.Of(map["type"])}' is unsupported"
                    + (validation.Compatibility == Compatibility.None
                        ? $"{NearestWord.Hint(PythonText.Of(map["type"]), names)}; known are {string.Join(", ", names)}"
                        : ""));
                break;
            case JsonArray list:
                ListTolerance.Validate(list, validation);
                break;
            default:
                if (!JsonKinds.IsBoolean(tolerance) && !JsonNumbers.IsInteger(tolerance) && !JsonTexts.TryRead(tolerance, out _))
                {
                    validation.Error(validation.Path, WrongType);
                }

                break;
        }
    }

    private static ValueTask<ToleranceOutcome> ChooseAsync(ToleranceCheck check, CancellationToken cancellationToken)
    {
        if (!JsonTexts.TryRead(check.Tolerance, out var text))
        {
            return JudgeAsync(check.Tolerance, check, cancellationToken);
        }

        // What a placeholder stands for decides on the rule: "${expected}" may well be a number.
        return check.Substitute(check.Tolerance, out var replaced) is { } unresolved
            ? ValueTask.FromResult(ToleranceOutcome.Unknown(check.Probe.Whole, text, unresolved))
            : JudgeAsync(replaced, check, cancellationToken);
    }

    private static ValueTask<ToleranceOutcome> JudgeAsync(JsonNode? tolerance, ToleranceCheck check, CancellationToken cancellationToken) =>
        tolerance switch
        {
            JsonObject map when Find(map) is { } type => type.EvaluateAsync(map, check, cancellationToken),
            JsonArray list => ValueTask.FromResult(ListTolerance.Evaluate(list, check)),
            JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False
                => ValueTask.FromResult(BooleanTolerance.Evaluate(value, check)),
            JsonValue value when JsonTexts.TryRead(value, out var text) => ValueTask.FromResult(TextTolerance.Evaluate(text, check)),
            JsonValue value when JsonNumbers.IsInteger(value) => ValueTask.FromResult(IntegerTolerance.Evaluate(value, check)),
            _ => ValueTask.FromResult(NeverMet(tolerance, check)),
        };

    // Validation lets none of these through, so a placeholder became one. The reference runner has no rule for them and moves on.
    private static ToleranceOutcome NeverMet(JsonNode? tolerance, ToleranceCheck check)
    {
        var expected = ShortJson.Of(tolerance, check.Hides);
        if (check.IsReference)
        {
            return ToleranceOutcome.Judged(false, check.Probe.Whole, expected);
        }

        return ToleranceOutcome.Unknown(check.Probe.Whole, expected, tolerance switch
        {
            null => "null is no tolerance",
            JsonObject => "the tolerance has no type that is known",
            _ => "a fraction is no tolerance, use a range",
        });
    }

    private static IToleranceType? Find(JsonObject declaration) =>
        JsonTexts.TryRead(declaration["type"], out var name) ? Array.Find(Types, type => type.Type == name) : null;

    // A JSON document is read when it is looked at: half a surrogate pair or a key that stands twice shows only then.
    private static bool IsUnreadable(Exception problem) => problem is InvalidOperationException or ArgumentException;
}
