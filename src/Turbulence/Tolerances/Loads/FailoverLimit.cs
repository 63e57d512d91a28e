using System.Text.Json.Nodes;

namespace Turbulence.Tolerances.Loads;

/// <summary><c>failover_ms</c>: how long after the beginning of a fault somebody else has to answer than before.</summary>
internal sealed class FailoverLimit : FaultTimeLimit
{
    /// <inheritdoc/>
    public override string Name => "failover_ms";

    /// <inheritdoc/>
    public override bool NeedsClasses => true;

    /// <inheritdoc/>
    protected override (bool? Met, bool IsNeeded) WithoutTime(double most, JsonObject fault, LoadFigures figures, out string why)
    {
        if (LoadFigures.Number(fault, "before", "requests") is not > 0)
        {
            why = "nobody came before it";
            return (null, false);
        }

        // That nobody else answers is no trouble where nobody has to.
        var window = LoadFigures.Number(fault, "error_window_ms") ?? 0;
        why = window > 0 ? $"nobody else answered, and requests were lost for {LimitTime.Text(window)}" : "nobody else answered";
        return window > most ? (false, true) : (null, false);
    }
}
