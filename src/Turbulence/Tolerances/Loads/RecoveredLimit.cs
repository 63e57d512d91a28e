using System.Text.Json.Nodes;

namespace Turbulence.Tolerances.Loads;

/// <summary>
/// <c>recovered_ms</c>: how long after a fault has been taken back requests may still be lost, or answered by somebody else than before.
/// </summary>
internal sealed class RecoveredLimit : FaultTimeLimit
{
    /// <inheritdoc/>
    public override string Name => "recovered_ms";

    /// <inheritdoc/>
    protected override (bool? Met, bool IsNeeded) WithoutTime(double most, JsonObject fault, LoadFigures figures, out string why)
    {
        if (LoadFigures.Number(fault, "ended_s") is not { } ended)
        {
            why = "it was not taken back while requests were sent";
            return (null, false);
        }

        var rest = ((LoadFigures.Number(fault, "until_s") ?? ended) - ended) * 1000;
        if (LoadFigures.Number(fault, "after", "requests") is not > 0 || rest <= most)
        {
            why = $"requests were sent for {LimitTime.Text(Math.Max(0, rest))} after it was taken back";
            return (null, true);
        }

        why = $"not back {LimitTime.Text(rest)} after it was taken back";
        return (false, true);
    }
}
