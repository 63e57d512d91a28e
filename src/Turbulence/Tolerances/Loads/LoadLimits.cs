using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Json;

namespace Turbulence.Tolerances.Loads;

/// <summary>
/// What users may feel at most: <c>{"lost": 0, "error_rate": 0.01, "p99": "50ms", "failover_ms": 500, "recovered_ms": 1000, "equivalent":
/// {"after": {"p99": "10ms"}}}</c>. What is missed is a fact, however few the requests were; what is met must have been measured, on as
/// many as the figure takes.
/// </summary>
internal static class LoadLimits
{
    private static readonly ILoadLimit[] Kinds =
    [
        new LostLimit(), new ErrorRateLimit(), new LatencyLimit("p50", 2), new LatencyLimit("p90", 10), new LatencyLimit("p99", 100),
        new LatencyLimit("p99_9", 1000), new LatencyLimit("p99_99", 10_000), new LatencyLimit("max", 1), new FailoverLimit(),
        new RecoveredLimit(), new EquivalentLimit(),
    ];

    /// <summary>The figures that can have a limit.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Kinds.Select(static kind => kind.Name)];

    /// <summary>The phases of <c>equivalent</c>.</summary>
    public static IReadOnlyList<string> ComparedPhases => EquivalentLimit.Phases;

    /// <summary>The figures of each.</summary>
    public static IReadOnlyList<string> ComparedFigures => EquivalentLimit.Figures;

    /// <summary>
    /// Tells everything that is wrong with limits, but for keys that are none, which are told as everywhere in an experiment; a value with
    /// a placeholder is taken for one that is all right.
    /// </summary>
    /// <param name="limits">The limits; <c>type</c> is not looked at.</param>
    /// <param name="path">Their place.</param>
    /// <param name="report">Told what is wrong, and where.</param>
    public static void Validate(JsonObject limits, DocumentPath path, Action<DocumentPath, string> report)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(report);
        if (!Given(limits).Any())
        {
            report(path, $"a tolerance of a load must limit a figure: {string.Join(", ", Names)}");
        }

        foreach (var (name, limit) in Given(limits))
        {
            if ((limit is JsonObject || !IsOpen(limit)) && Find(name)?.Problem(limit) is { } wrong)
            {
                report(path[name], $"{name} {wrong}, not {limit?.ToJsonString() ?? "null"}");
            }
        }
    }

    /// <summary>Tells which limits need classes that a load does not have.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="hasClasses">Whether the load tells answers apart by their class.</param>
    /// <param name="path">Their place.</param>
    /// <param name="report">Told what is wrong, and where.</param>
    public static void ValidateClasses(JsonObject limits, bool hasClasses, DocumentPath path, Action<DocumentPath, string> report)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(report);
        foreach (var (name, _) in limits.Where(limit => !hasClasses && Find(limit.Key) is { NeedsClasses: true }))
        {
            report(path[name], $"{name} needs classes: without them nobody knows who answered");
        }
    }

    /// <summary>Holds the figures of a load against limits.</summary>
    /// <param name="limits">The limits, without placeholders; nothing is wrong with them.</param>
    /// <param name="figures">The figures, as a load returns them.</param>
    /// <returns>What came of each figure, at each fault where that is what it is about.</returns>
    public static IReadOnlyList<LoadFinding> Judge(JsonObject limits, JsonObject figures)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(figures);
        var measured = new LoadFigures(figures);
        return [.. Given(limits).SelectMany(limit => Readable(limit) is { } kind
            ? kind.Judge(limit.Value!, measured)
            : [LoadFinding.Unknown(limit.Key, limit.Value?.ToJsonString() ?? "null", "that is no limit of a load")])];
    }

    /// <summary>Limits for people: <c>lost at most 0, p99 at most 50.0 ms</c>.</summary>
    /// <param name="limits">The limits, of whatever shape they are.</param>
    public static string Words(JsonObject limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return string.Join(", ", Given(limits).Select(static limit =>
            Readable(limit) is { } kind ? kind.Words(limit.Value!) : $"{limit.Key} {limit.Value?.ToJsonString() ?? "null"}"));
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Given(JsonObject limits) =>
        limits.Where(static member => member.Key != "type" && !member.Key.StartsWith("x-", StringComparison.Ordinal));

    private static ILoadLimit? Readable(KeyValuePair<string, JsonNode?> limit) =>
        Find(limit.Key) is { } kind && limit.Value is not null && kind.Problem(limit.Value) is null ? kind : null;

    private static ILoadLimit? Find(string name) => Array.Find(Kinds, kind => kind.Name == name);

    private static bool IsOpen(JsonNode? node) => JsonTexts.TryRead(node, out var text) && text.Contains("${", StringComparison.Ordinal);
}
