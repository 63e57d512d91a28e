using System.Text.Json;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>Reads what became of the requests of a load: how many, how long they took, and why they were lost.</summary>
internal static class OutcomesReader
{
    /// <summary>How many there are of each outcome.</summary>
    public static List<OutcomeCount> Counts(ref Utf8JsonReader reader, TextPool pool)
    {
        List<OutcomeCount> counts = [];
        NamedMembers.Read(ref reader, counts, (ref reader, key, into) => into.Add(new OutcomeCount(pool.One(key), reader.Whole() ?? 0)));
        return counts;
    }

    /// <summary>How long those of each outcome took.</summary>
    public static List<OutcomePercentiles> Percentiles(ref Utf8JsonReader reader, TextPool pool)
    {
        List<OutcomePercentiles> all = [];
        NamedMembers.Read(ref reader, all, (ref reader, key, into) =>
        {
            if (PercentilesOf(ref reader) is { } latency)
            {
                into.Add(new OutcomePercentiles(pool.One(key), latency));
            }
        });
        return all;
    }

    /// <summary>How long some requests took; null where there is no object.</summary>
    public static LoadPercentiles? PercentilesOf(ref Utf8JsonReader reader)
    {
        if (!reader.IsObject())
        {
            return null;
        }

        var made = new LoadPercentiles(null, null, null, null, null, null);
        while (reader.NextMember())
        {
            switch (reader.AnyText())
            {
                case "p50":
                    made = made with { P50 = reader.Number() };
                    break;
                case "p90":
                    made = made with { P90 = reader.Number() };
                    break;
                case "p99":
                    made = made with { P99 = reader.Number() };
                    break;
                case "p99_9":
                    made = made with { P999 = reader.Number() };
                    break;
                case "p99_99":
                    made = made with { P9999 = reader.Number() };
                    break;
                case "max":
                    made = made with { Longest = reader.Number() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return made;
    }

    /// <summary>Why requests were lost.</summary>
    public static List<LostRequests> Reasons(ref Utf8JsonReader reader, TextPool pool)
    {
        List<LostRequests> reasons = [];
        if (!reader.IsArray())
        {
            return reasons;
        }

        while (reader.NextElement())
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            var (outcome, reason, requests) = ("", "", 0L);
            while (reader.NextMember())
            {
                switch (reader.AnyText())
                {
                    case "outcome":
                        outcome = pool.Text(ref reader) ?? "";
                        break;
                    case "reason":
                        reason = reader.Text() ?? "";
                        break;
                    case "requests":
                        requests = reader.Whole() ?? 0;
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            reasons.Add(new LostRequests(outcome, reason, requests));
        }

        return reasons;
    }
}
