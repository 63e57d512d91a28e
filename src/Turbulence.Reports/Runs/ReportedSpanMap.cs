namespace Turbulence.Reports.Runs;

/// <summary>Which operations of a process called which, as a probe of the provider <c>spans</c> has watched them.</summary>
/// <param name="Process">The process, for people.</param>
/// <param name="Seconds">For how long it was watched; null where the journal does not say.</param>
/// <param name="Operations">The operations.</param>
public sealed record ReportedSpanMap(string Process, double? Seconds, IReadOnlyList<ReportedOperation> Operations)
{
    /// <summary>The name of the probe.</summary>
    public string Activity { get; init; } = "";

    /// <summary>When it began to watch, in seconds from the start of the run; null where nobody knows.</summary>
    public double? Begin { get; init; }
}
