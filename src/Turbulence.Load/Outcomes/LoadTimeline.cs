using System.Text.Json.Nodes;

namespace Turbulence.Load.Outcomes;

/// <summary>
/// How many requests were due, lost and how slow they were in each tenth of a second. A load of more than a minute has parts that are twice
/// as long, then four times: a picture needs no more than some hundreds of them.
/// </summary>
internal sealed class LoadTimeline : ILoadSink
{
    private const int MostParts = 600;

    private readonly Lock gate = new();
    private readonly Part[] parts = new Part[MostParts];
    private long width = 100_000_000;
    private int count;

    /// <inheritdoc/>
    public void Add(in LoadSample sample)
    {
        lock (gate)
        {
            while (sample.Due / width >= MostParts)
            {
                Widen();
            }

            var place = (int)(sample.Due / width);
            count = Math.Max(count, place + 1);
            ref var part = ref parts[place];
            part.Requests++;
            part.Lost += sample.IsLost ? 1 : 0;
            part.Longest = Math.Max(part.Longest, sample.Latency);
        }
    }

    /// <summary>All parts, from the beginning of the load on.</summary>
    public JsonObject ToJson()
    {
        lock (gate)
        {
            var all = parts.Take(count).ToList();
            return new JsonObject
            {
                ["part_ms"] = width / 1_000_000,
                ["requests"] = new JsonArray([.. all.Select(static part => (JsonNode)part.Requests)]),
                ["lost"] = new JsonArray([.. all.Select(static part => (JsonNode)part.Lost)]),
                ["longest_ms"] = new JsonArray([.. all.Select(static part => (JsonNode)Math.Round(part.Longest / 1e6, 2))]),
            };
        }
    }

    private void Widen()
    {
        for (var place = 0; place < MostParts; place++)
        {
            parts[place] = place * 2 < MostParts ? parts[place * 2].With(parts[(place * 2) + 1]) : default;
        }

        width *= 2;
        count = (count + 1) / 2;
    }

    private record struct Part(long Requests, long Lost, long Longest)
    {
        public readonly Part With(Part other) => new(Requests + other.Requests, Lost + other.Lost, Math.Max(Longest, other.Longest));
    }
}
