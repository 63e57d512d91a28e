using System.Text.Json;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>Reads what faults cost the users of a load: <c>faults</c> among its figures.</summary>
internal static class FaultCostReader
{
    /// <summary>Reads the list; empty where there is none.</summary>
    public static List<ReportedFaultCost> Read(ref Utf8JsonReader reader, TextPool pool)
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
                    made = made with { Outcomes = OutcomesReader.Counts(ref reader, pool) };
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
        NamedMembers.Read(ref reader, all, (ref reader, key, into) =>
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
}
