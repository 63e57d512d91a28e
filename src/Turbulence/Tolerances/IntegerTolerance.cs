using System.Text.Json.Nodes;
using Turbulence.Python;

namespace Turbulence.Tolerances;

/// <summary>An integer: the output's <c>status</c> equals it where the output is a map with one, else the output does.</summary>
internal static class IntegerTolerance
{
    /// <summary>Holds the output against the tolerance.</summary>
    public static ToleranceOutcome Evaluate(JsonValue tolerance, ToleranceCheck check)
    {
        var measured = check.Probe.TryGetPart(ProbeOutput.Status, out var status) ? status : check.Probe.Whole;
        return ToleranceOutcome.Judged(PythonEquality.Equal(measured.Value, tolerance), measured, ShortJson.Of(tolerance, check.Hides));
    }
}
