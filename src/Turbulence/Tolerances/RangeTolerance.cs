using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Python;

namespace Turbulence.Tolerances;

/// <summary>
/// <c>{"type": "range", "range": [lowest, highest], "target": key?}</c>: a number, a boolean or a text that says a number lies
/// between the two, both included. The reference runner compares binary fractions digit by digit, so the text
/// <c>10.1</c> is above the bound 10.1; in the default mode it is within when either the binary or the written numbers are,
/// and <c>status</c> is looked at where a process or a response has no target.
/// </summary>
internal sealed class RangeTolerance : IToleranceType
{
    /// <inheritdoc/>
    public string Type => "range";

    /// <inheritdoc/>
    public void Validate(JsonObject declaration, ToleranceValidation validation)
    {
        validation.CheckTarget(declaration);
        var path = validation.Path["range"];
        if (!declaration.TryGetPropertyValue("range", out var range))
        {
            validation.Error(validation.Path, "hypothesis range probe tolerance must have a `range` key");
        }
        else if (range is not JsonArray bounds)
        {
            validation.Error(path, "hypothesis range must be a sequence");
        }
        else if (bounds.Count != 2)
        {
            validation.Error(path, "hypothesis range sequence must be made of two values");
        }
        else
        {
            if (!IsNumber(bounds[0]))
            {
                validation.Error(path[0], "hypothesis range lower boundary must be a number");
            }

            if (!IsNumber(bounds[1]))
            {
                validation.Error(path[1], "hypothesis range upper boundary must be a number");
            }

            if (PythonNumber.TryCompare(bounds[0], bounds[1], out var order) && order > 0)
            {
                validation.Advise(path, "the lower boundary is above the upper one, so nothing is ever within");
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<ToleranceOutcome> EvaluateAsync(JsonObject declaration, ToleranceCheck check, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Evaluate(declaration, check));

    private static ToleranceOutcome Evaluate(JsonObject declaration, ToleranceCheck check)
    {
        var usualKey = check.IsReference ? null : ProbeOutput.Status;
        var reachable = check.Probe.TryTarget(declaration, usualKey, out var measured, out var problem);
        if (declaration["range"] is not JsonArray { Count: >= 2 } range)
        {
            return ToleranceOutcome.Unknown(measured, "a range", "the range is not a list of two numbers");
        }

        var expected = $"{ShortJson.Of(range[0], measured.Mask)} to {ShortJson.Of(range[1], measured.Mask)}";
        if (!reachable)
        {
            return ToleranceOutcome.Unknown(measured, expected, problem!);
        }

        // Either reading will do, and the written one costs far less than the hundreds of digits of a binary fraction.
        var written = check.IsReference ? null : Judge(range, measured, expected, asWritten: true);
        return written is { Met: true } ? written : Judge(range, measured, expected, asWritten: false);
    }

    private static ToleranceOutcome Judge(JsonArray range, Measured measured, string expected, bool asWritten)
    {
        switch (PythonDecimal.Read(measured.Value, asWritten, out var number))
        {
            case DecimalReading.NotNumeric:
                return ToleranceOutcome.Judged(false, measured, expected);
            case DecimalReading.NotOrdered:
                return ToleranceOutcome.Unknown(measured, expected, "NaN is neither below nor above anything");
            case DecimalReading.Unreadable:
                return ToleranceOutcome.Unknown(measured, expected, $"{JsonKinds.Kind(measured.Value)} is not a number");
            default:
                break;
        }

        return PythonDecimal.Read(range[0], asWritten, out var lowest) == DecimalReading.Number
            && PythonDecimal.Read(range[1], asWritten, out var highest) == DecimalReading.Number
            ? ToleranceOutcome.Judged(lowest.CompareTo(number) <= 0 && number.CompareTo(highest) <= 0, measured, expected)
            : ToleranceOutcome.Unknown(measured, expected, "a boundary of the range is not a number");
    }

    private static bool IsNumber(JsonNode? bound) => JsonKinds.IsBoolean(bound) || JsonNumbers.TryReadText(bound, out _);
}
