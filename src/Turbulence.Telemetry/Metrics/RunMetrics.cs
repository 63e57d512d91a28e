using System.Diagnostics;
using System.Diagnostics.Metrics;
using Turbulence.Events;
using Turbulence.Telemetry.Conventions;

namespace Turbulence.Telemetry.Metrics;

/// <summary>What of a run is counted and measured. Units are those of UCUM. Not thread-safe.</summary>
internal sealed class RunMetrics
{
    // A probe of a local service takes a millisecond, a load a minute.
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600],
    };

    private readonly Counter<long> runs;
    private readonly Histogram<double> runDuration;
    private readonly Histogram<double> activityDuration;
    private readonly Counter<long> checks;
    private readonly UpDownCounter<long> activeFaults;
    private readonly Counter<long> faults;
    private readonly Histogram<double> faultDuration;
    private readonly LoadMetrics load;
    private readonly Dictionary<string, DateTimeOffset> isIn = [];
    private string title = "";

    /// <summary>Makes the instruments.</summary>
    /// <param name="meter">The meter of one run.</param>
    public RunMetrics(Meter meter)
    {
        runs = meter.CreateCounter<long>("turbulence.runs", "{run}", "Runs that have ended, by verdict");
        runDuration = meter.CreateHistogram(
            "turbulence.run.duration", "s", "How long runs took", tags: null, Durations);
        activityDuration = meter.CreateHistogram(
            "turbulence.activity.duration", "s", "How long activities took, pauses not included", tags: null, Durations);
        checks = meter.CreateCounter<long>("turbulence.steady_state.checks", "{check}", "Checks of the steady state, by what they found");
        activeFaults = meter.CreateUpDownCounter<long>("turbulence.fault.active", "{fault}", "Faults that are in");
        faults = meter.CreateCounter<long>("turbulence.faults", "{fault}", "Faults of runs that have ended, by what was last seen of them");
        faultDuration = meter.CreateHistogram(
            "turbulence.fault.duration", "s", "How long faults were in, until they were taken back", tags: null, Durations);
        load = new LoadMetrics(meter);
    }

    /// <summary>Something happened.</summary>
    public void Take(RunEvent happened)
    {
        switch (happened)
        {
            case RunStarted started:
                title = started.Experiment.Title;
                break;
            case ActivityEnded { Run: { Duration: { } duration } run }:
                Record(run, duration);
                break;
            case HypothesisEnded { Run: var check }:
                checks.Add(1, AttributeName.Phase.With(Words.Of(check.Phase)), AttributeName.Met.With(check.Met));
                break;
            case FaultChanged changed:
                Record(changed.Fault, changed.At);
                break;
            case ActivityProgressed { Run.Activity: { ProviderType: "load" } activity } progressed:
                load.Count(activity.Name, progressed.Run.Id, progressed.Progress);
                break;
            case UsersProgressed progressed:
                load.Latency(LoadMetrics.Users, progressed.Progress);
                break;
            case UsersMeasured measured:
                load.Count(LoadMetrics.Users, 0, measured.Figures);
                break;
            case RunEnded ended:
                Record(ended);
                break;
        }
    }

    private void Record(ActivityRun run, TimeSpan duration)
    {
        activityDuration.Record(duration.TotalSeconds, new TagList
        {
            { AttributeName.Activity, run.Activity.Name },
            { AttributeName.ActivityType, Words.Of(run.Activity.Type) },
            { AttributeName.Provider, run.Activity.ProviderType },
            { AttributeName.Phase, Words.Of(run.Phase) },
            { AttributeName.ActivityStatus, run.Word },
            { AttributeName.ToleranceMet, run.ToleranceMet },
        });
        if (run.Activity.ProviderType == "load" && run.Output is { } figures)
        {
            load.Count(run.Activity.Name, run.Id, figures);
        }
    }

    private void Record(FaultReport fault, DateTimeOffset at)
    {
        var kind = KeyValuePair.Create(AttributeName.FaultKind, (object?)fault.Kind);
        if (fault.State is FaultState.Injecting or FaultState.Active or FaultState.Reverting)
        {
            if (isIn.TryAdd(fault.Id, at))
            {
                activeFaults.Add(1, kind);
            }
        }
        else if (isIn.Remove(fault.Id, out var since))
        {
            activeFaults.Add(-1, kind);
            faultDuration.Record((at - since).TotalSeconds, kind);
        }
    }

    private void Record(RunEnded ended)
    {
        var outcome = ended.Outcome;
        foreach (var fault in outcome.Faults)
        {
            var effect = fault.Lost is not null ? "lost" : fault.Effect?.Seen switch { null => "unknown", true => "effective", false => "without-effect" };
            faults.Add(
                1,
                AttributeName.FaultKind.With(fault.Kind),
                AttributeName.FaultEffect.With(effect),
                AttributeName.FaultOutstanding.With(fault.IsOutstanding));
        }

        TagList tags = new()
        {
            { AttributeName.Title, title },
            { AttributeName.Verdict, outcome.Word },
            { AttributeName.ExitCode, outcome.ExitCode },
        };
        runs.Add(1, tags);
        runDuration.Record(ended.Duration.TotalSeconds, tags);
    }
}
