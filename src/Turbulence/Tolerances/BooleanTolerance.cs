using System.Text.Json.Nodes;
using Turbulence.Python;

namespace Turbulence.Tolerances;

/// <summary>
/// <c>true</c> or <c>false</c>: the output equals it, 1 and 0 included. The reference runner never finds a process's or a
/// response's map equal to a boolean; in the default mode <c>true</c> says that the process ended with 0, or that the
/// response's status is below 400, and <c>false</c> the contrary.
/// </summary>
internal static class BooleanTolerance
{
    /// <summary>Holds the output against the tolerance.</summary>
    public static ToleranceOutcome Evaluate(JsonValue tolerance, ToleranceCheck check)
    {
        if (check.IsReference || !check.Probe.TryGetSuccess(out var success, out var status))
        {
            return ToleranceOutcome.Judged(
                PythonEquality.Equal(check.Output, tolerance), check.Probe.Whole, ShortJson.Of(tolerance, check.Hides));
        }

        var wanted = PythonTruth.Of(tolerance);
        return ToleranceOutcome.Judged(success == wanted, status, check.Probe.SuccessText(wanted));
    }
}
