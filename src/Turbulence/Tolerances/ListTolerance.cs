using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Python;

namespace Turbulence.Tolerances;

/// <summary>
/// A list. Where the output is a map with a <c>status</c>, the status is one of the list, whatever the list's length; else
/// two items are bounds that the output lies between, both included, and any other number of items is a choice. In the
/// default mode placeholders in the list are replaced.
/// </summary>
internal static class ListTolerance
{
    /// <summary>Warns of a pair that looks like bounds and is a choice.</summary>
    public static void Validate(JsonArray tolerance, ToleranceValidation validation)
    {
        if (tolerance.Count == 2 && validation.HasStatus)
        {
            validation.Warning(
                validation.Path,
                $"for the status of {(validation.ProviderType == ProbeOutput.Http ? "a response" : "a process")} two values mean one or the "
                + "other, not what lies between; a range is {\"type\": \"range\", \"target\": \"status\", \"range\": [...]}");
        }
    }

    /// <summary>Holds the output against the tolerance.</summary>
    public static ToleranceOutcome Evaluate(JsonArray tolerance, ToleranceCheck check)
    {
        var list = tolerance;
        if (!check.IsReference)
        {
            if (check.Substitute(tolerance, out var replaced) is { } unresolved)
            {
                return ToleranceOutcome.Unknown(check.Probe.Whole, ShortJson.Of(tolerance, check.Hides), unresolved);
            }

            list = replaced as JsonArray ?? tolerance;
        }

        if (check.Probe.TryGetPart(ProbeOutput.Status, out var status))
        {
            return Choose(list, list.Count == 2 ? status.Noting("two values are a choice here, not a range") : status);
        }

        return list.Count == 2 ? Between(list[0], list[1], check.Probe.Whole) : Choose(list, check.Probe.Whole);
    }

    private static ToleranceOutcome Choose(JsonArray list, Measured measured) => ToleranceOutcome.Judged(
        list.Any(item => PythonEquality.Equal(item, measured.Value)), measured, $"one of {ShortJson.Of(list, measured.Mask)}");

    private static ToleranceOutcome Between(JsonNode? low, JsonNode? high, Measured measured)
    {
        var expected = $"{ShortJson.Of(low, measured.Mask)} to {ShortJson.Of(high, measured.Mask)}";
        if (!PythonOrder.TryIsAtMost(low, measured.Value, out var isAbove))
        {
            return ToleranceOutcome.Unknown(measured, expected, NoOrder(low, measured.Value));
        }

        // The reference runner looks at the second bound only when the first holds.
        var isBelow = false;
        return isAbove && !PythonOrder.TryIsAtMost(measured.Value, high, out isBelow)
            ? ToleranceOutcome.Unknown(measured, expected, NoOrder(high, measured.Value))
            : ToleranceOutcome.Judged(isAbove && isBelow, measured, expected);
    }

    private static string NoOrder(JsonNode? bound, JsonNode? value) =>
        $"{JsonKinds.Kind(value)} is neither below nor above {JsonKinds.Kind(bound)}";
}
