using System.Globalization;
using Turbulence.Events;
using Turbulence.Interruptions;

namespace Turbulence.Cli.Terminal.Live;

/// <summary>Keeps account of what goes on right now, in the order in which it began.</summary>
internal sealed class RunningWorks
{
    private readonly OrderedDictionary<string, RunningWork> works = [];

    /// <summary>How much goes on.</summary>
    public int Count => works.Count;

    /// <summary>The <paramref name="count"/> that began last, in the order in which they began.</summary>
    public IEnumerable<RunningWork> Latest(int count)
    {
        for (var i = works.Count - count; i < works.Count; i++)
        {
            yield return works.GetAt(i).Value;
        }
    }

    /// <summary>Takes one event.</summary>
    public void On(RunEvent happened)
    {
        switch (happened)
        {
            case ActivityStarted { Run.Phase: not RunPhase.During } started:
                works[Key(started.Run)] = new RunningWork.OfActivity(started.Run);
                break;
            case ActivityProgressed progressed when works.TryGetValue(Key(progressed.Run), out var going):
                works[Key(progressed.Run)] = (RunningWork.OfActivity)going with { Told = progressed.Progress };
                break;
            case ActivityEnded ended:
                works.Remove(Key(ended.Run));
                break;
            case PauseStarted pause:
                works[Key(pause.ActivityId, pause.Before)] = new RunningWork.OfPause(
                    pause.ActivityId, pause.Activity, pause.Before, pause.At, pause.Duration);
                break;
            case ServiceChanged { State: ServiceState.Starting or ServiceState.Stopping } changed:
                var state = changed.State.ToString().ToLower(CultureInfo.InvariantCulture);
                works[$"service {changed.Name}"] = new RunningWork.OfService(changed.Name, state, changed.At);
                break;
            case ServiceChanged changed:
                works.Remove($"service {changed.Name}");
                break;
            case FaultChanged { Fault: { IsOutstanding: true } fault } changed:
                var since = works.TryGetValue($"fault {fault.Id}", out var running) ? ((RunningWork.OfFault)running).Start : changed.At;
                works[$"fault {fault.Id}"] = new RunningWork.OfFault(fault, since);
                break;
            case FaultChanged changed:
                works.Remove($"fault {changed.Fault.Id}");
                break;
            case UsersProgressed progressed:
                works["users"] = works.TryGetValue("users", out var users)
                    ? (RunningWork.OfUsers)users with { Told = progressed.Progress }
                    : new RunningWork.OfUsers(progressed.Progress, progressed.At);
                break;
            case UsersMeasured:
                works.Remove("users");
                break;
            case ContinuousStarted started:
                works["checks"] = new RunningWork.OfChecks(started.Frequency, 0, 0);
                break;
            case HypothesisEnded { Run.Phase: RunPhase.During } ended when works.TryGetValue("checks", out var work):
                var checks = (RunningWork.OfChecks)work;
                works["checks"] = checks with { Checks = checks.Checks + 1, Missed = checks.Missed + (ended.Run.Met ? 0 : 1) };
                break;
            case ContinuousEnded:
                works.Remove("checks");
                break;
            case SafeguardsStarted started:
                works["safeguards"] = new RunningWork.OfSafeguards(started.Count, started.At);
                break;
            case SafeguardsEnded:
                works.Remove("safeguards");
                break;
            case RunEnded:
                works.Clear();
                break;
        }
    }

    /// <summary>
    /// Ends the pauses that <paramref name="happened"/> shows to be over; no event says so itself. The next step of the
    /// foreground ends a pause of the foreground; its own activity, or its time, ends one of the background.
    /// </summary>
    public IReadOnlyList<RunningWork.OfPause> EndPauses(RunEvent happened)
    {
        if (works.Count == 0)
        {
            return [];
        }

        List<RunningWork.OfPause> over = [.. works.Values.OfType<RunningWork.OfPause>().Where(pause => IsOver(pause, happened))];
        foreach (var pause in over)
        {
            works.Remove(Key(pause.ActivityId, pause.Before));
        }

        return over;
    }

    private static bool IsOver(RunningWork.OfPause pause, RunEvent happened) => happened switch
    {
        _ when happened.At >= pause.Start + pause.Duration => true,
        RunInterrupted or RunEnded or RollbacksDecided or RollbacksEnded or MethodEnded => true,
        ActivityStarted started when started.Run.Id == pause.ActivityId => pause.Before,
        ActivityStarted { Run: { Background: false, Phase: not RunPhase.During } } => !pause.Activity.Background,
        HypothesisStarted { Phase: not RunPhase.During } => !pause.Activity.Background,
        _ => false,
    };

    private static string Key(ActivityRun run) => string.Create(CultureInfo.InvariantCulture, $"activity {run.Id}");

    private static string Key(long activity, bool before) =>
        string.Create(CultureInfo.InvariantCulture, $"pause {(before ? "before" : "after")} {activity}");
}
