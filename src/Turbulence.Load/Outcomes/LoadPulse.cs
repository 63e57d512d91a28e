using System.Text.Json.Nodes;
using Turbulence.Load.Histograms;

namespace Turbulence.Load.Outcomes;

/// <summary>
/// How a load is going: how many requests there were, how long those took that ended since somebody looked, and what ended in each tenth of
/// a second since. All that is told together is all that ended.
/// </summary>
internal sealed class LoadPulse : ILoadSink
{
    private const long Width = 100_000_000;

    // What ends while nobody looks for longer than that counts with the last of them.
    private const int MostParts = 600;

    private readonly Lock gate = new();
    private readonly LatencyHistogram answered = new();
    private readonly List<Part> parts = [];
    private long first;
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

            // One that ended just before somebody looked may come just after.
            var place = (int)Math.Clamp((sample.Ended / Width) - first, 0, MostParts - 1);
            Fill(place + 1);
            parts[place] = parts[place].With(sample);
        }
    }

    /// <summary>
    /// How it went since the last time: <c>{"requests", "lost", "p50_ms", "p99_ms", "parts"}</c>, without times where nothing was answered.
    /// </summary>
    /// <param name="now">
    /// When, in nanoseconds from the beginning of the load: the part that is not over yet is told the next time. When all is over,
    /// <see cref="long.MaxValue"/> for what is left.
    /// </param>
    public JsonObject Take(long now)
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

            var over = now == long.MaxValue ? parts.Count : (int)Math.Clamp((now / Width) - first, 0, MostParts);
            Fill(over);
            told["parts"] = Json(parts[..over]);
            parts.RemoveRange(0, over);
            first += over;
            return told;
        }
    }

    private JsonObject Json(List<Part> over) => new()
    {
        ["from_ms"] = first * Width / 1_000_000,
        ["part_ms"] = Width / 1_000_000,
        ["requests"] = Each(over, static part => (JsonNode)part.Requests),
        ["lost"] = Each(over, static part => (JsonNode)part.Lost),
        ["longest_ms"] = Each(over, static part => (JsonNode)Math.Round(part.Longest / 1e6, 2)),
    };

    private static JsonArray Each(List<Part> over, Func<Part, JsonNode> value) => new([.. over.Select(value)]);

    private void Fill(int count)
    {
        while (parts.Count < count)
        {
            parts.Add(default);
        }
    }

    private readonly record struct Part(long Requests, long Lost, long Longest)
    {
        public Part With(in LoadSample sample) =>
            new(Requests + 1, Lost + (sample.IsLost ? 1 : 0), Math.Max(Longest, sample.Latency));
    }
}
