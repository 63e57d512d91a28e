using System.Text.Json.Nodes;

namespace Turbulence.Tolerances.Loads;

/// <summary>How long something at each fault may take at most. It must have been measured at one fault at least.</summary>
internal abstract class FaultTimeLimit : ILoadLimit
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public virtual bool NeedsClasses => false;

    /// <inheritdoc/>
    public string? Problem(JsonNode? limit) => LimitTime.TryRead(limit, out _) ? null : LimitTime.Problem;

    /// <inheritdoc/>
    public string Words(JsonNode limit) => $"{Name} {AtMost(limit)}";

    /// <inheritdoc/>
    public IEnumerable<LoadFinding> Judge(JsonNode limit, LoadFigures figures)
    {
        var most = LimitTime.Of(limit);
        var all = figures.Faults.Select(fault => Judge($"{Name} at fault {LoadFigures.Name(fault)}", limit, most, fault, figures)).ToList();
        if (all.Count == 0)
        {
            return [LoadFinding.Unknown(Name, AtMost(limit), "no fault was in while requests were sent")];
        }

        // Where one was measured, nobody needs to know of those at which there was nothing to measure.
        var needed = all.Where(one => one.Finding.Met is not null || one.IsNeeded).ToList();
        return needed.Count > 0 ? needed.Select(static one => one.Finding) : all.Select(static one => one.Finding);
    }

    /// <summary>What it says that a fault has no such time.</summary>
    /// <param name="most">The limit, in milliseconds.</param>
    /// <param name="fault">The fault.</param>
    /// <param name="figures">All figures.</param>
    /// <param name="why">What is said of it.</param>
    /// <returns>False for a miss, null where nobody knows; and whether that counts where the time is known of other faults.</returns>
    protected abstract (bool? Met, bool IsNeeded) WithoutTime(double most, JsonObject fault, LoadFigures figures, out string why);

    private (LoadFinding Finding, bool IsNeeded) Judge(string figure, JsonNode limit, double most, JsonObject fault, LoadFigures figures)
    {
        if (LoadFigures.Number(fault, Name) is not { } took)
        {
            var (met, isNeeded) = WithoutTime(most, fault, figures, out var why);
            return (new(figure, AtMost(limit), why, met), isNeeded);
        }

        // What was between two requests is not known.
        var distance = LoadFigures.Number(fault, "sampling_ms") ?? 0;
        var isTooRare = took <= most && most > 0 && distance > most;
        return (isTooRare
            ? LoadFinding.Unknown(figure, AtMost(limit), $"requests came {LimitTime.Text(distance)} apart")
            : new(figure, AtMost(limit), LimitTime.Text(took), took <= most), true);
    }

    private static string AtMost(JsonNode limit) => $"at most {LimitTime.Text(LimitTime.Of(limit))}";
}
