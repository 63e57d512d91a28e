using Turbulence.Interruptions;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>
/// Puts together what stands in a journal: its lists of entries, which say what came out, and its timeline, which says when.
/// </summary>
internal sealed class RunAssembly
{
    private readonly JournalContent content;
    private readonly ActivityAssembly activities;

    private RunAssembly(JournalContent content)
    {
        this.content = content;
        activities = new ActivityAssembly(content);
    }

    /// <summary>The run.</summary>
    public static ReportedRun Of(JournalContent content) => new RunAssembly(content).Make();

    private ReportedRun Make()
    {
        var timeline = content.Timeline;
        var all = activities.All;
        var faults = Faults().ToList();
        var run = content.Run with
        {
            IsReference = !content.HasSection,
            Activities = all,
            SpanMaps = activities.Spans,
            Checks = timeline.HasLines ? timeline.Checks : activities.Checks,
            Phases = timeline.HasLines ? timeline.Phases : Phases(all),
            Faults = faults,
            Services = Services(),
            Safeguards = Safeguards(),
            Interruption = timeline.Interruption
                ?? (content.Interruption is { } message ? new ReportedInterruption(message, null, null) : null),
            Loads = Loads(faults),
            Notices = timeline.Notices,
        };
        run = content.HasSection ? ReportedVerdicts.Told(run, content) : ReportedVerdicts.Derived(run, content);
        var needsAPerson = run.NeedsAPerson
            || run.ExitCode == 5
            || run.Verdict == ReportedVerdict.NeedsAPerson
            || run.Guardian is { Confirmed: false }
            || (run.Verdict != ReportedVerdict.Unfinished && faults.Any(static fault => fault.IsOutstanding));

        // No output may say that it passed beside that.
        return run with
        {
            NeedsAPerson = needsAPerson,
            Verdict = needsAPerson && run.Verdict is (ReportedVerdict.Passed or ReportedVerdict.Dry)
                ? ReportedVerdict.NeedsAPerson
                : run.Verdict,
        };
    }

    private static List<ReportedPhase> Phases(IReadOnlyList<ReportedActivity> all) =>
    [
        .. all.Where(static one => one.Begin is not null)
            .GroupBy(static one => one.Phase)
            .Select(static phase => new ReportedPhase(
                phase.Key, phase.Min(static one => one.Begin!.Value), phase.Max(static one => one.End ?? one.Begin!.Value)))
            .OrderBy(static phase => phase.Begin),
    ];

    private IEnumerable<ReportedFault> Faults()
    {
        HashSet<string> met = [];
        foreach (var (fault, times) in content.Faults)
        {
            met.Add(fault.Id);
            var told = content.Timeline.Faults.TryGetValue(fault.Id, out var lines) ? lines.Times : default;

            // What came after the last line, from whoever took it back then.
            foreach (var (state, at) in times.Where(_ => content.Run.Started is not null))
            {
                told = TimelineFault.With(told, state, (at - content.Run.Started!.Value).TotalSeconds);
            }

            yield return fault with { Times = told };
        }

        foreach (var (id, lines) in content.Timeline.Faults.Where(one => !met.Contains(one.Key)))
        {
            yield return new ReportedFault(id, lines.Kind, lines.Activity) { State = lines.State, Times = lines.Times };
        }
    }

    private List<ReportedService> Services()
    {
        List<ReportedService> all =
            [.. content.Services.Select(one => new ReportedService(
                one.Name, one.State, content.Timeline.Services.TryGetValue(one.Name, out var changes) ? changes : []))];
        all.AddRange(content.Timeline.Services
            .Where(one => content.Services.All(known => known.Name != one.Key))
            .Select(static one => new ReportedService(one.Key, null, one.Value)));
        return all;
    }

    private ReportedSafeguards? Safeguards() => content.Safeguards is not { } count ? null : new ReportedSafeguards(
        count,
        content.SafeguardChecks,
        content.SafeguardMissed is { } missed ? activities.Of(0, missed, RunPhase.Method, null) : null,
        content.Timeline.SafeguardsBegin,
        content.Timeline.SafeguardsEnd);

    private List<ReportedLoad> Loads(List<ReportedFault> faults)
    {
        List<ReportedLoad> all = [];
        if (With(content.Users, LoadReader.Users, null, content.Timeline.Users) is { } users)
        {
            all.Add(users with { Begin = Begin(users, faults) ?? content.Timeline.Users.Begin });
        }

        foreach (var (activity, load, columns) in activities.Loads)
        {
            if (With(load, activity.Name, activity.Number, columns) is { } made)
            {
                all.Add(made with { Begin = Begin(made, faults) ?? columns?.Begin ?? activity.Begin });
            }
        }

        return all;
    }

    // The load and the run tell of the same moment, each on its own clock.
    private static double? Begin(ReportedLoad load, List<ReportedFault> faults) => load.Faults
        .Where(static cost => cost.Begun is > 0)
        .Select(cost => faults.Find(fault => fault.Id == cost.Fault)?.Times.Injecting - cost.Begun)
        .FirstOrDefault(static begin => begin is not null);

    private static ReportedLoad? With(ReportedLoad? figures, string name, int? activity, LoadColumns? columns)
    {
        if (figures is null && columns?.Progress is null)
        {
            return null;
        }

        var load = figures ?? new ReportedLoad(name, activity);
        if (!load.HasFigures && columns?.Progress is { } told)
        {
            load = load with { Intended = told.Requests[^1], Lost = told.Lost[^1] };
        }

        return load with { Name = name, Activity = activity, ByEnd = columns?.Parts, Progress = columns?.Progress };
    }
}
