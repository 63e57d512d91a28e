using System.Text.Json;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>Reads the figures of a load, or of the users, as <c>docs/load.md</c> describes them.</summary>
internal static class LoadReader
{
    /// <summary>The name under which the users of a run stand.</summary>
    public const string Users = "users";

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

    private static ReportedLoad ReadMemberOf(ReportedLoad load, ref Utf8JsonReader reader, ReadOnlySpan<byte> text, TextPool pool)
    {
        switch (reader.AnyText())
        {
            case "intended":
                return reader.Whole() is { } intended ? load with { Intended = intended, HasFigures = true } : load;
            case "outcomes":
                return load with { Outcomes = OutcomesReader.Counts(ref reader, pool) };
            case "lost":
                return load with { Lost = reader.Whole() ?? 0 };
            case "latency_ms":
                return load with { Latency = OutcomesReader.PercentilesOf(ref reader) };
            case "latency_ms_by_outcome":
                return load with { LatencyByOutcome = OutcomesReader.Percentiles(ref reader, pool) };
            case "schedule_lag_ms":
                return load with { ScheduleLag = OutcomesReader.PercentilesOf(ref reader) };
            case "elapsed_s":
                return load with { Elapsed = reader.Number() };
            case "reasons":
                return load with { Reasons = OutcomesReader.Reasons(ref reader, pool) };
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
                return load with { Faults = FaultCostReader.Read(ref reader, pool) };
            case "faults_left_out":
                return load with { FaultsLeftOut = reader.Whole().Small() ?? 0 };
            case "timeline":
                var columns = new LoadColumns();
                LoadPartsReader.Read(ref reader, columns);
                return load with { ByDue = columns.Parts };
            default:
                reader.Skip();
                return load;
        }
    }
}
