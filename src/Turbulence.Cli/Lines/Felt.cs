using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Json;
using Turbulence.Load.Outcomes;
using Turbulence.Options;

namespace Turbulence.Cli.Lines;

/// <summary>
/// Gathers from the events of a run what its users felt, for its last lines: those of the whole run, and each load of its method.
/// </summary>
internal sealed class Felt
{
    private const int MostLoads = 8;

    private readonly List<string> loads = [];
    private IReadOnlyList<string> users = [];
    private int more;
    private bool isRehearsal;

    /// <summary>
    /// What they felt, one line each, and that it was not measured where nobody came; empty for a rehearsal, which nobody feels.
    /// </summary>
    public IReadOnlyList<string> Lines =>
        users.Count + loads.Count > 0 ? [.. users, .. loads, .. More] : isRehearsal ? [] : ["what users felt was not measured"];

    private IEnumerable<string> More =>
        more == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"and {more:N0} more {(more == 1 ? "load" : "loads")}")];

    /// <summary>Whether an activity sends load.</summary>
    public static bool IsLoad(Activity activity) => JsonTexts.TryRead(activity.Provider["type"], out var type) && type == "load";

    /// <summary>Takes one event.</summary>
    public void On(RunEvent happened)
    {
        switch (happened)
        {
            case RunStarted started:
                isRehearsal = started.Options.Dry != DryMode.None;
                break;
            case UsersMeasured measured:
                users = measured.Lines;
                break;
            case ActivityEnded { Run: { Output: JsonObject figures, Activity: var activity } } when IsLoad(activity):
                Add($"{activity.Name}: {Words(figures)}");
                break;
        }
    }

    private static string Words(JsonObject figures)
    {
        if (Number(figures["intended"]) is not { } intended || Number(figures["lost"]) is not { } lost)
        {
            return "what it felt is not known";
        }

        List<string> words = [LoadWords.Requests((long)intended), $"{LoadWords.Lost((long)lost)}{Outcomes(figures)}"];
        if (figures["latency_ms"] is JsonObject latency && Number(latency["p50"]) is { } p50 && Number(latency["p99"]) is { } p99 and > 0)
        {
            words.Add($"p50 {LoadWords.Time(p50)}, p99 {LoadWords.Time(p99)}");
        }

        if ((figures["faults"] as JsonArray)?.Max(static fault => Number((fault as JsonObject)?["failover_ms"])) is { } failover)
        {
            words.Add($"longest failover {LoadWords.Time(failover)}");
        }

        if (JsonTexts.TryRead(figures["bottleneck"], out var bottleneck))
        {
            words.Add($"{bottleneck}; times of that size are not the system's");
        }

        return string.Join(", ", words);
    }

    private static string Outcomes(JsonObject figures)
    {
        List<string> some = [];
        foreach (var (name, count) in figures["outcomes"] as JsonObject ?? [])
        {
            if (Number(count) is { } requests and > 0)
            {
                some.Add(string.Create(CultureInfo.InvariantCulture, $"{requests:N0} {name}"));
            }
        }

        return some.Count > 1 ? $" ({string.Join(", ", some)})" : "";
    }

    private static double? Number(JsonNode? node) => JsonNumbers.TryReadDouble(node, out var number) ? number : null;

    private void Add(string line)
    {
        if (loads.Count < MostLoads)
        {
            loads.Add(line);
        }
        else
        {
            more++;
        }
    }
}
