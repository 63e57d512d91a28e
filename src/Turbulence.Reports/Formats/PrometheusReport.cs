using System.Globalization;
using System.Text;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Formats;

/// <summary>
/// Prometheus' text (version 0.0.4), for a pushgateway or the textfile collector of the node exporter. Times are in seconds. Labels do not
/// differ from run to run of one experiment, so that what is shown over time is one series.
/// </summary>
internal sealed class PrometheusReport : IReportFormat
{
    /// <inheritdoc/>
    public string Name => "prometheus";

    /// <inheritdoc/>
    public string Extension => ".prom";

    /// <inheritdoc/>
    public void Write(Report report, Stream target)
    {
        var families = new PrometheusFamilies();
        foreach (var journal in report.Journals)
        {
            families.Gauge("turbulence_journal_readable", "Whether the journal could be read.", [("journal", journal.File)], journal.IsRead ? 1 : 0);
            if (journal.Run is { } run)
            {
                Add(families, run);
            }
        }

        using var text = new StreamWriter(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        families.Write(text);
    }

    private static void Add(PrometheusFamilies families, ReportedRun run)
    {
        (string, string)[] who = [("journal", run.File), ("experiment", run.Title)];
        foreach (var word in ReportedVerdictWord.All)
        {
            families.Gauge(
                "turbulence_run_verdict", "1 for the verdict of the run, 0 for every other.", [.. who, ("verdict", word)],
                word == ReportedVerdictWord.Of(run.Verdict) ? 1 : 0);
        }

        families.Gauge("turbulence_run_needs_a_person", "Whether something was not seen to be taken back.", who, run.NeedsAPerson ? 1 : 0);
        families.Gauge("turbulence_run_exit_code", "The exit code of the run.", who, run.ExitCode);
        families.Gauge("turbulence_run_start_time_seconds", "When the run began.", who, Unix(run.Started));
        families.Gauge("turbulence_run_end_time_seconds", "When the run ended.", who, Unix(run.Ended));
        families.Gauge("turbulence_run_duration_seconds", "How long the run took.", who, run.Duration);
        foreach (var some in run.Activities
            .GroupBy(static one => (Phase: one.Phase.ToString().ToLowerInvariant(), one.Type, Status: ActivityStatusWord.Of(one.Status)))
            .OrderBy(static some => some.Key))
        {
            families.Gauge(
                "turbulence_run_activities", "How many activities ended so.",
                [.. who, ("phase", some.Key.Phase), ("type", some.Key.Type), ("status", some.Key.Status)], some.Count());
        }

        foreach (var met in (bool[])[true, false])
        {
            families.Gauge(
                "turbulence_run_tolerances", "How many tolerances were met, and how many not.",
                [.. who, ("met", met ? "true" : "false")], run.Activities.Count(one => one.ToleranceMet == met));
        }

        for (var i = 0; i < run.Faults.Count; i++)
        {
            AddFault(families, [.. who, .. Labels(run, i)], run.Faults[i]);
        }

        foreach (var load in run.Loads)
        {
            AddLoad(families, run, [.. who, ("load", load.Name), ("activity", load.Activity?.ToString(CultureInfo.InvariantCulture) ?? "")], load);
        }
    }

    // Not by its id, which is another one in each run.
    private static (string, string)[] Labels(ReportedRun run, int place) =>
    [
        ("fault", (place + 1).ToString(CultureInfo.InvariantCulture)), ("kind", run.Faults[place].Kind), ("action", run.Faults[place].Activity),
    ];

    private static void AddFault(PrometheusFamilies families, (string, string)[] which, ReportedFault fault)
    {
        families.Gauge(
            "turbulence_fault_effective", "Whether the effect of the fault was seen, and not lost.", which,
            fault is { Effect.Seen: true, Lost: null } ? 1 : 0);
        families.Gauge("turbulence_fault_outstanding", "Whether something of the fault may be left.", which, fault.IsOutstanding ? 1 : 0);
        families.Gauge(
            "turbulence_fault_active_seconds", "From when the fault began to be put in until it began to be taken back.", which,
            fault.Times.Reverting - fault.Times.Injecting);
        families.Gauge(
            "turbulence_fault_undo_seconds", "From when the fault began to be taken back until that was seen.", which,
            fault.Times.Confirmed - fault.Times.Reverting);
    }

    private static void AddLoad(PrometheusFamilies families, ReportedRun run, (string, string)[] which, ReportedLoad load)
    {
        foreach (var outcome in load.Outcomes)
        {
            families.Counter(
                "turbulence_load_requests_total", "Requests by what became of them.", [.. which, ("outcome", outcome.Outcome)], outcome.Requests);
        }

        families.Counter("turbulence_load_lost_total", "Requests that were lost.", which, load.Lost);
        families.Gauge("turbulence_load_duration_seconds", "How long the load took.", which, load.Elapsed);
        families.Gauge("turbulence_load_bottleneck", "Whether the load was its own bottleneck, or is in doubt.", which, load.Bottleneck is null ? 0 : 1);
        if (load.ToleranceMet is { } met)
        {
            families.Gauge("turbulence_load_tolerance_met", "Whether the users felt no more than they may.", which, met ? 1 : 0);
        }

        foreach (var (quantile, milliseconds) in (ReadOnlySpan<(string, double?)>)[
            ("0.5", load.Latency?.P50), ("0.9", load.Latency?.P90), ("0.99", load.Latency?.P99), ("0.999", load.Latency?.P999),
            ("0.9999", load.Latency?.P9999), ("1", load.Latency?.Longest)])
        {
            families.Gauge(
                "turbulence_load_latency_seconds", "How long requests took, a lost one with its whole time limit.",
                [.. which, ("quantile", quantile)], milliseconds / 1000);
        }

        foreach (var cost in load.Faults)
        {
            var place = run.Faults.Index().Where(one => one.Item.Id == cost.Fault).Select(static one => (int?)one.Index).FirstOrDefault();
            if (place is not { } found)
            {
                continue;
            }

            (string, string)[] fault = [.. which, .. Labels(run, found)];
            families.Gauge("turbulence_load_fault_lost_requests", "Requests that were lost from the fault on.", fault, cost.Lost);
            families.Gauge(
                "turbulence_load_fault_failover_seconds", "Until somebody else answered.", fault, cost.FailoverMilliseconds / 1000);
            families.Gauge(
                "turbulence_load_fault_error_window_seconds", "From the first request that was lost to behind the last one.", fault,
                cost.ErrorWindowMilliseconds / 1000);
            families.Gauge(
                "turbulence_load_fault_recovered_seconds", "From its undo until all was as before.", fault, cost.RecoveredMilliseconds / 1000);
        }
    }

    private static double? Unix(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds() / 1000.0;
}
