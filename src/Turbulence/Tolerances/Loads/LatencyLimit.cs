using System.Text.Json.Nodes;

namespace Turbulence.Tolerances.Loads;

/// <summary>
/// <c>p50</c>, <c>p90</c>, <c>p99</c>, <c>p99_9</c>, <c>p99_99</c> and <c>max</c>: how long requests may take at most; a lost one counts
/// with the whole time limit.
/// </summary>
/// <param name="name">The key.</param>
/// <param name="needed">How many requests such a figure takes: of fewer it is that of the longest, whatever comes next.</param>
internal sealed class LatencyLimit(string name, long needed) : ILoadLimit
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string? Problem(JsonNode? limit) => LimitTime.TryRead(limit, out _) ? null : LimitTime.Problem;

    /// <inheritdoc/>
    public string Words(JsonNode limit) => $"{name} {AtMost(limit)}";

    /// <inheritdoc/>
    public IEnumerable<LoadFinding> Judge(JsonNode limit, LoadFigures figures)
    {
        var measured = figures.Number("latency_ms", name);
        var isMet = measured <= LimitTime.Of(limit);
        yield return measured is null || figures.Requests == 0 || (isMet && figures.Requests < needed)
            ? LoadFinding.Unknown(name, AtMost(limit), figures.TooFew(needed))
            : !isMet && figures.Doubt is { } doubt
            ? LoadFinding.Unknown(name, AtMost(limit), $"{LimitTime.Text(measured.Value)} was measured, and {doubt}")
            : new(name, AtMost(limit), LimitTime.Text(measured.Value), isMet);
    }

    private static string AtMost(JsonNode limit) => $"at most {LimitTime.Text(LimitTime.Of(limit))}";
}
