using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Options;
using Turbulence.Tolerances;

namespace Turbulence.Cli.Tests;

/// <summary>Makes the events of runs, moment by moment, as the runner would.</summary>
internal sealed class RecordedRun
{
    private long ids;

    public static DateTimeOffset Begin { get; } = new(2026, 11, 22, 13, 22, 5, TimeSpan.Zero);

    public DateTimeOffset Now { get; private set; } = Begin;

    public List<RunEvent> Events { get; } = [];

    public RecordedRun After(double seconds)
    {
        Now = Now.AddSeconds(seconds);
        return this;
    }

    public RecordedRun Add(Func<DateTimeOffset, RunEvent> happened)
    {
        Events.Add(happened(Now));
        return this;
    }

    public RecordedRun Started(string title = "Numbers survive the loss of the primary", RunOptions? options = null)
    {
        var experiment = new Experiment(new JsonObject { ["title"] = title }, new DocumentMap(), "experiment.json", "/");
        return Add(at => new RunStarted(at, experiment, options ?? new RunOptions()));
    }

    public static Activity Probe(string name, bool background = false) => Activity("probe", name, background);

    public static Activity Action(string name, bool background = false) => Activity("action", name, background);

    public static Activity Load(string name) => new(new JsonObject
    {
        ["type"] = "action",
        ["name"] = name,
        ["provider"] = new JsonObject { ["type"] = "load" },
    });

    public static JsonObject Figures => new()
    {
        ["intended"] = 1200,
        ["outcomes"] = new JsonObject { ["ok"] = 1190, ["refused"] = 10, ["timed_out"] = 0 },
        ["lost"] = 10,
        ["latency_ms"] = new JsonObject { ["p50"] = 3.4, ["p99"] = 180.25 },
        ["faults"] = new JsonArray(
            new JsonObject { ["failover_ms"] = null }, new JsonObject { ["failover_ms"] = 107.3 }, new JsonObject { ["failover_ms"] = 12 }),
    };

    public ActivityRun Begins(Activity activity, RunPhase phase)
    {
        var run = new ActivityRun(++ids, activity, phase, activity.Background, Now);
        Add(at => new ActivityStarted(at, run));
        return run;
    }

    public ActivityRun Ends(
        ActivityRun run, ActivityEnd? end = ActivityEnd.Succeeded, string? message = null, ToleranceOutcome? tolerance = null)
    {
        var whole = run with
        {
            End = end,
            Ended = Now,
            Duration = Now - run.Start,
            Message = message,
            Tolerance = tolerance,
            ToleranceMet = tolerance?.Met ?? (end == ActivityEnd.Failed && run.Phase != RunPhase.Method ? false : null),
        };
        Add(at => new ActivityEnded(at, whole));
        return whole;
    }

    public RecordedRun Plays(Activity activity, RunPhase phase, double seconds, ToleranceOutcome? tolerance = null)
    {
        var run = Begins(activity, phase);
        After(seconds).Ends(run, tolerance: tolerance);
        return this;
    }

    /// <summary>One check with the probes <c>primary-runs</c> (met) and <c>value</c>.</summary>
    public RecordedRun Checks(RunPhase phase, bool met = true, int iteration = 0, bool fails = false)
    {
        const string title = "Numbers are served";
        Add(at => new HypothesisStarted(at, phase, title, iteration));
        var first = Begins(Probe("primary-runs"), phase);
        first = After(0.012).Ends(first, tolerance: Met);
        var second = Begins(Probe("value"), phase);
        second = After(0.0034).Ends(
            second,
            fails ? ActivityEnd.Failed : ActivityEnd.Succeeded,
            fails ? "connection refused (localhost:8001)" : null,
            fails ? null : met ? Met : Missed);
        return Add(at => new HypothesisEnded(at, new HypothesisRun(phase, title, iteration, met && !fails, [first, second])));
    }

    public RecordedRun Ended(
        Verdict verdict, int exitCode, bool deviated = false, RunStatus status = RunStatus.Completed, params string[] reasons) =>
        Add(at => new RunEnded(at, new RunOutcome(status, deviated, verdict, exitCode == 5, reasons), at - Begin));

    public static ToleranceOutcome Met { get; } = new(true, "status equals", "200", "200");

    public static ToleranceOutcome Missed { get; } = new(false, "status equals", "200", "503");

    /// <summary>Services, background work, pauses, a missed steady state, rollbacks: everything that a run can show.</summary>
    public static RecordedRun Deviated()
    {
        var run = new RecordedRun().Started();
        run.Add(at => new ServiceChanged(at, "primary", ServiceState.Starting, ""));
        run.Add(at => new ServiceChanged(at, "secondary", ServiceState.Adopted, "http://localhost:8003/health"));
        run.After(0.31).Add(at => new ServiceChanged(at, "primary", ServiceState.Ready, "http://localhost:8002/health"));
        run.Checks(RunPhase.Gate);
        run.Add(at => new MethodStarted(at, 3));
        var users = run.Begins(Action("users", background: true), RunPhase.Method);
        var kill = Action("kill-primary-server");
        run.Add(at => new PauseStarted(at, 4, kill, true, TimeSpan.FromSeconds(2), "2"));
        run.After(2).Plays(kill, RunPhase.Method, 0.045);
        run.Add(at => new PauseStarted(at, 4, kill, false, TimeSpan.FromSeconds(0.5), "0.5"));
        run.After(0.5).Ends(run.Begins(Probe("read-log"), RunPhase.Method), ActivityEnd.Failed, "no such file: primary.log");
        run.After(1).Ends(users);
        run.Add(at => new MethodEnded(at));
        run.Checks(RunPhase.After, met: false);
        run.Add(at => new RollbacksDecided(at, true, "the method was started", 1, null));
        run.Add(at => new RollbackStarted(at, "start-primary-server"));
        run.Plays(Action("start-primary-server"), RunPhase.Rollbacks, 0.12);
        run.Add(at => new RollbacksEnded(at));
        run.Checks(RunPhase.Closing);
        run.Add(at => new ServiceChanged(at, "primary", ServiceState.Stopping, ""));
        run.After(0.05).Add(at => new ServiceChanged(at, "primary", ServiceState.Stopped, ""));
        return run.Ended(Verdict.Deviated, 1, deviated: true, reasons: ["after the method, the probe 'value' was not in its tolerance"]);
    }

    private static Activity Activity(string type, string name, bool background)
    {
        var declaration = new JsonObject { ["type"] = type, ["name"] = name };
        if (background)
        {
            declaration["background"] = true;
        }

        return new Activity(declaration);
    }
}
