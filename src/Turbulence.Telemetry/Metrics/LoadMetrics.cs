using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Turbulence.Telemetry.Conventions;

namespace Turbulence.Telemetry.Metrics;

/// <summary>What users of the system felt, from the figures of loads, which count from the beginning of each.</summary>
internal sealed class LoadMetrics
{
    /// <summary>What the users of a whole run are called.</summary>
    public const string Users = "users";

    private static readonly (string Key, double Quantile)[] Quantiles =
        [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99_9", 0.999), ("max", 1)];

    private readonly Counter<long> requests;
    private readonly Gauge<double> latency;
    private readonly Dictionary<(long Load, string Outcome), long> counted = [];

    /// <summary>Makes the instruments.</summary>
    public LoadMetrics(Meter meter)
    {
        requests = meter.CreateCounter<long>("turbulence.load.requests", "{request}", "Requests of loads, by what became of them");
        latency = meter.CreateGauge<double>("turbulence.load.latency", "s", "How long answered requests took, from when they were due");
    }

    /// <summary>A load has counted so far.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="load">Which it is, of those of one name.</param>
    /// <param name="figures">Its figures.</param>
    public void Count(string name, long load, JsonNode figures)
    {
        foreach (var (outcome, node) in Members(figures, "outcomes"))
        {
            var count = Number(node) is { } number ? (long)number : 0;
            var more = count - counted.GetValueOrDefault((load, outcome));
            if (more > 0)
            {
                counted[(load, outcome)] = count;
                requests.Add(more, AttributeName.Load.With(name), AttributeName.Outcome.With(outcome));
            }
        }

        Latency(name, figures);
    }

    /// <summary>A load has measured so far.</summary>
    public void Latency(string name, JsonNode figures)
    {
        var all = (figures as JsonObject)?["latency_ms"] as JsonObject;
        foreach (var (key, quantile) in Quantiles)
        {
            // The users of a run tell theirs of each second, by other keys.
            if (Number(all is null ? (figures as JsonObject)?[$"{key}_ms"] : all[key]) is { } milliseconds)
            {
                latency.Record(milliseconds / 1000, AttributeName.Load.With(name), AttributeName.Quantile.With(quantile));
            }
        }
    }

    private static JsonObject Members(JsonNode figures, string name) => (figures as JsonObject)?[name] as JsonObject ?? [];

    private static double? Number(JsonNode? node) =>
        node is not JsonValue value ? null
        : value.TryGetValue<long>(out var whole) ? whole
        : value.TryGetValue<int>(out var small) ? small
        : value.TryGetValue<double>(out var number) ? number
        : null;
}
