using System.Text.Json.Nodes;
using Turbulence.Load.Histograms;

namespace Turbulence.Load.Outcomes;

/// <summary>How a load is going: how many requests there were, and how long those took that ended since somebody looked.</summary>
internal sealed class LoadPulse : ILoadSink
{
    private readonly Lock gate = new();
    private readonly LatencyHistogram answered = new();
    private long ended;
    private long lost;

    /// <inheritdoc/>
    public void Add(in LoadSample sample)
    {
        lock (gate)
        {
            ended++;
            lost += sample.IsLost ? 1 : 0;
            if (sample.Outcome == RequestOutcome.Answered)
            {
                answered.Add(sample.Latency);
            }
        }
    }

    /// <summary>
    /// How it went since the last time: <c>{"requests", "lost", "p50_ms", "p99_ms"}</c>, without times where nothing was answered.
    /// </summary>
    public JsonObject Take()
    {
        lock (gate)
        {
            var told = new JsonObject { ["requests"] = ended, ["lost"] = lost };
            if (answered.Count > 0)
            {
                told["p50_ms"] = Math.Round(answered.NanosecondsAt(0.5) / 1e6, 3);
                told["p99_ms"] = Math.Round(answered.NanosecondsAt(0.99) / 1e6, 3);
                answered.Clear();
            }

            return told;
        }
    }
}
