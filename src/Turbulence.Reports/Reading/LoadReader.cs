using System.Text.Json;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>Reads the figures of a load, or of the users, as <c>docs/load.md</c> describes them.</summary>
internal static class LoadReader
{
    /// <summary>The name under which the users of a run stand.</summary>
    public const string Users = "users";

    private delegate void ReadMember<TInto>(ref Utf8JsonReader reader, string key, TInto into);

    /// <summary>Reads the figures; null where there is no object.</summary>
    /// <param name="text">The figures.</param>
    /// <param name="name">What the load is called.</param>
    /// <param name="pool">Keeps the texts.</param>
    public static ReportedLoad? Read(ReadOnlySpan<byte> text, string name, TextPool pool)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        var reader = JournalFeed.Read(text);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        var load = new ReportedLoad(name, null);
        while (reader.NextMember())
        {
            load = ReadMemberOf(load, ref reader, text, pool);
        }

        return load;
    }

    /// <summary>Adds the parts behind a key to those that are there already.</summary>
    public static void ReadParts(ref Utf8JsonReader reader, LoadColumns into)
    {
        if (!reader.IsObject())
        {
            return;
        }

        double from = 0;
        double width = 100;
        List<long> requests = [];
        List<long> lost = [];
        List<double> longest = [];
        while (reader.NextMember())
        {
            if (reader.IsKey("from_ms"u8))
            {
                from = reader.Number() ?? 0;
            }
            else if (reader.IsKey("part_ms"u8))
            {
                width = reader.Number() ?? 0;
            }
            else if (reader.IsKey("requests"u8))
            {
                ReadWholes(ref reader, requests);
            }
            else if (reader.IsKey("lost"u8))
            {
                ReadWholes(ref reader, lost);
            }
            else if (reader.IsKey("longest_ms"u8))
            {
                ReadNumbers(ref reader, longest);
            }
            else
            {
                reader.Skip();
            }
        }

        into.AddParts(from, width, requests, lost, longest);
    }

    private static ReportedLoad ReadMemberOf(ReportedLoad load, ref Utf8JsonReader reader, ReadOnlySpan<byte> text, TextPool pool)
    {
        switch (reader.AnyText())
        {
            case "intended":
                return reader.Whole() is { } intended ? load with { Intended = intended, HasFigures = true } : load;
            case "outcomes":
                return load with { Outcomes = ReadCounts(ref reader, pool) };
            case "lost":
                return load with { Lost = reader.Whole() ?? 0 };
            case "latency_ms":
                return load with { Latency = ReadPercentiles(ref reader) };
            case "latency_ms_by_outcome":
                return load with { LatencyByOutcome = ReadByOutcome(ref reader, pool) };
            case "schedule_lag_ms":
                return load with { ScheduleLag = ReadPercentiles(ref reader) };
            case "elapsed_s":
                return load with { Elapsed = reader.Number() };
            case "reasons":
                return load with { Reasons = ReadReasons(ref reader, pool) };
            case "bottleneck":
                return load with { Bottleneck = reader.Text() };
            case "problem":
                return load with { Problem = reader.Text() };
            case "samples":
                return load with { Samples = reader.Text() };
            case "tolerance":
                return load with { Tolerance = new ShortJson(pool).Of(reader.Raw(text)) };
            case "tolerance_met":
                return load with { ToleranceMet = reader.Truth() };
            case "faults":
                return load with { Faults = ReadFaults(ref reader, pool) };
            case "faults_left_out":
                return load with { FaultsLeftOut = reader.Whole().Small() ?? 0 };
            case "timeline":
                var columns = new LoadColumns();
                ReadParts(ref reader, columns);
                return load with { ByDue = columns.Parts };
            default:
                reader.Skip();
                return load;
        }
    }

    private static List<OutcomeCount> ReadCounts(ref Utf8JsonReader reader, TextPool pool)
    {
        List<OutcomeCount> counts = [];
        ReadMembers(ref reader, counts, (ref reader, key, into) => into.Add(new OutcomeCount(pool.One(key), reader.Whole() ?? 0)));
        return counts;
    }

    private static List<OutcomePercentiles> ReadByOutcome(ref Utf8JsonReader reader, TextPool pool)
    {
        List<OutcomePercentiles> all = [];
        ReadMembers(ref reader, all, (ref reader, key, into) =>
        {
            if (ReadPercentiles(ref reader) is { } latency)
            {
                into.Add(new OutcomePercentiles(pool.One(key), latency));
            }
        });
        return all;
    }

    private static LoadPercentiles? ReadPercentiles(ref Utf8JsonReader reader)
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

    private static List<LostRequests> ReadReasons(ref Utf8JsonReader reader, TextPool pool)
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

    private static List<ReportedFaultCost> ReadFaults(ref Utf8JsonReader reader, TextPool pool)
    {
        List<ReportedFaultCost> faults = [];
        if (!reader.IsArray())
        {
            return faults;
        }

        while (reader.NextElement())
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            var cost = new ReportedFaultCost("");
            while (reader.NextMember())
            {
                cost = ReadMemberOf(cost, ref reader, pool);
            }

            faults.Add(cost);
        }

        return faults;
    }

    private static ReportedFaultCost ReadMemberOf(ReportedFaultCost cost, ref Utf8JsonReader reader, TextPool pool)
    {
        switch (reader.AnyText())
        {
            case "id":
                return cost with { Fault = pool.Text(ref reader) ?? "" };
            case "begun_s":
                return cost with { Begun = reader.Number() };
            case "ended_s":
                return cost with { Ended = reader.Number() };
            case "until_s":
                return cost with { Until = reader.Number() };
            case "overlaps":
                return cost with { Overlaps = reader.Texts() };
            case "first_error_ms":
                return cost with { FirstErrorMilliseconds = reader.Number() };
            case "error_window_ms":
                return cost with { ErrorWindowMilliseconds = reader.Number() };
            case "failover_ms":
                return cost with { FailoverMilliseconds = reader.Number() };
            case "slow_ms":
                return cost with { SlowMilliseconds = reader.Number() };
            case "recovered_ms":
                return cost with { RecoveredMilliseconds = reader.Number() };
            case "lost":
                return cost with { Lost = reader.Whole() ?? 0 };
            case "slow":
                return cost with { Slow = reader.Whole() ?? 0 };
            case "sampling_ms":
                return cost with { SamplingMilliseconds = reader.Number() };
            case "before":
                return cost with { Before = ReadPhase(ref reader, pool) };
            case "during":
                return cost with { During = ReadPhase(ref reader, pool) };
            case "after":
                return cost with { After = ReadPhase(ref reader, pool) };
            case "during_against_before":
                return cost with { DuringAgainstBefore = ReadComparisons(ref reader, pool) };
            case "after_against_before":
                return cost with { AfterAgainstBefore = ReadComparisons(ref reader, pool) };
            default:
                reader.Skip();
                return cost;
        }
    }

    private static LoadPhaseFigures? ReadPhase(ref Utf8JsonReader reader, TextPool pool)
    {
        if (!reader.IsObject())
        {
            return null;
        }

        var made = new LoadPhaseFigures(0, 0, [], null, null, null);
        while (reader.NextMember())
        {
            switch (reader.AnyText())
            {
                case "requests":
                    made = made with { Requests = reader.Whole() ?? 0 };
                    break;
                case "lost":
                    made = made with { Lost = reader.Whole() ?? 0 };
                    break;
                case "outcomes":
                    made = made with { Outcomes = ReadCounts(ref reader, pool) };
                    break;
                case "p50_ms":
                    made = made with { P50Milliseconds = reader.Number() };
                    break;
                case "p99_ms":
                    made = made with { P99Milliseconds = reader.Number() };
                    break;
                case "max_ms":
                    made = made with { LongestMilliseconds = reader.Number() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return made;
    }

    private static List<PhaseComparison> ReadComparisons(ref Utf8JsonReader reader, TextPool pool)
    {
        List<PhaseComparison> all = [];
        ReadMembers(ref reader, all, (ref reader, key, into) =>
        {
            var made = new PhaseComparison(pool.One(key), null, null, null, null);
            if (!reader.IsObject())
            {
                return;
            }

            while (reader.NextMember())
            {
                switch (reader.AnyText())
                {
                    case "difference":
                        made = made with { Difference = reader.Number() };
                        break;
                    case "low":
                        made = made with { Low = reader.Number() };
                        break;
                    case "high":
                        made = made with { High = reader.Number() };
                        break;
                    case "too_little_data":
                        made = made with { TooLittle = reader.Text() };
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            into.Add(made);
        });
        return all;
    }

    private static void ReadMembers<TInto>(ref Utf8JsonReader reader, TInto into, ReadMember<TInto> read)
    {
        if (!reader.IsObject())
        {
            return;
        }

        while (reader.NextMember())
        {
            read(ref reader, reader.AnyText(), into);
        }
    }

    private static void ReadWholes(ref Utf8JsonReader reader, List<long> into)
    {
        if (reader.IsArray())
        {
            while (reader.NextElement())
            {
                into.Add(reader.WholeHere() ?? 0);
            }
        }
    }

    private static void ReadNumbers(ref Utf8JsonReader reader, List<double> into)
    {
        if (reader.IsArray())
        {
            while (reader.NextElement())
            {
                into.Add(reader.NumberHere() ?? 0);
            }
        }
    }
}
