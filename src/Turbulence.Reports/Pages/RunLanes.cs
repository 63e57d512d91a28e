using System.Globalization;
using Turbulence.Interruptions;
using Turbulence.Reports.Runs;
using Turbulence.Reports.Texts;

namespace Turbulence.Reports.Pages;

/// <summary>The lanes of a run: its stages, its faults, its checks and actions, the services, and what became of requests.</summary>
internal static class RunLanes
{
    private const int MostFaults = 8;
    private const int MostActivities = 14;
    private const int MostServices = 12;
    private const int MostMarks = 400;

    /// <summary>All of a run's lanes, from the top down.</summary>
    public static IEnumerable<Lane> Of(ReportedRun run, IReadOnlyList<LoadPicture> loads)
    {
        if (run.Phases.Count > 0)
        {
            yield return Phases(run);
        }

        var faults = run.Faults.Where(static fault => FaultSpan(fault) is not null).GroupBy(static fault => (fault.Kind, fault.Activity))
            .ToList();
        foreach (var group in faults.Take(MostFaults))
        {
            yield return Faults(run, group.Key.Kind, group.Key.Activity, [.. group]);
        }

        if (faults.Count > MostFaults)
        {
            yield return Faults(
                run, "faults", $"of {faults.Count - MostFaults} others", [.. faults.Skip(MostFaults).SelectMany(static group => group)]);
        }

        foreach (var load in loads)
        {
            foreach (var lane in load.Lanes())
            {
                yield return lane;
            }
        }

        var names = run.Activities.GroupBy(static activity => (activity.Type, activity.Name)).ToList();
        foreach (var group in names.Take(MostActivities))
        {
            yield return Activities(group.Key.Name, group.Key.Type, [.. group]);
        }

        if (names.Count > MostActivities)
        {
            yield return Activities(
                $"{names.Count - MostActivities} others", "", [.. names.Skip(MostActivities).SelectMany(static group => group)]);
        }

        var hit = FaultServices.Of(run);
        foreach (var service in run.Services.Where(static service => service.Changes.Count > 0).Take(MostServices))
        {
            yield return Service(run, service, hit);
        }

        if (run.Notices.Count > 0)
        {
            yield return Notices(run);
        }
    }

    /// <summary>From when to when a fault may have been in; null where it never was, or nobody knows when.</summary>
    public static (double From, double To)? FaultSpan(ReportedFault fault) =>
        (fault.Times.Injecting ?? fault.Times.Active ?? fault.Times.Effective) is { } from
            ? (from, fault.Times.Lost ?? fault.Times.Reverted ?? fault.Times.Confirmed ?? double.MaxValue)
            : null;

    private static Lane Phases(ReportedRun run) => new("stages", null, 26, string.Join(", ", run.Phases.Select(PhaseText)), (html, axis) =>
    {
        foreach (var phase in run.Phases.Where(static phase => phase.Phase != RunPhase.During))
        {
            var isMet = run.Checks.Where(check => check.Phase == phase.Phase).Select(static check => check.Met).ToList();
            var style = isMet.Contains(false) ? "stage missed" : phase.Phase == RunPhase.Method ? "stage method" : "stage";
            var sign = isMet.Contains(false) ? "✗ " : isMet.Count > 0 && isMet.TrueForAll(static met => met == true) ? "✓ " : "";
            Lane.Block(html, axis, style, phase.Begin, phase.End ?? axis.End, 3, 20, PhaseText(phase), sign + Wording.Phase(phase.Phase));
        }

        if (run.Interruption is { At: { } at } interruption)
        {
            Lane.Mark(html, axis, "broken", "warned", at, 13, $"stopped at {Wording.Seconds(at)}: {interruption.Message}");
        }
    });

    private static string PhaseText(ReportedPhase phase) =>
        $"{Wording.Phase(phase.Phase)} from {Wording.Seconds(phase.Begin)} to {(phase.End is { } end ? Wording.Seconds(end) : "no end")}";

    private static Lane Faults(ReportedRun run, string name, string remark, IReadOnlyList<ReportedFault> faults) => new(
        $"⚡ {name}",
        faults.Count == 1 ? remark : string.Create(CultureInfo.InvariantCulture, $"{remark} ×{faults.Count}"),
        30,
        faults.Count == 1 ? FaultText(faults[0]) : $"{Wording.Count(faults.Count, "fault", "faults")}, {Wording.Count(faults.Count(static fault => fault.State == "confirmed"))} seen to be taken back",
        (html, axis) =>
        {
            foreach (var fault in faults.Take(MostMarks))
            {
                Fault(html, axis, run, fault);
            }
        });

    private static string FaultText(ReportedFault fault) => string.Join(", ", new (string Name, double? At)[]
    {
        ("planned", fault.Times.Planned), ("in", fault.Times.Active), ("seen to have an effect", fault.Times.Effective),
        ("without effect any more", fault.Times.Lost), ("being taken back", fault.Times.Reverting), ("taken back", fault.Times.Reverted),
        ("seen to be taken back", fault.Times.Confirmed),
    }.Where(static step => step.At is not null).Select(static step => $"{step.Name} at {Wording.Seconds(step.At!.Value)}"));

    private static void Fault(HtmlText html, TimeAxis axis, ReportedRun run, ReportedFault fault)
    {
        var times = fault.Times;
        var begin = times.Injecting ?? times.Active ?? 0;
        var end = times.Confirmed ?? times.Reverted ?? axis.End;
        if (fault.Due is { } due && run.Started is { } started && (due - started).TotalSeconds is var until && until > begin)
        {
            Lane.Block(html, axis, "fault planned", begin, until, 3, 7,
                $"planned from {Wording.Seconds(begin)} to {Wording.Seconds(until)}");
        }

        Lane.Block(html, axis, "fault way", begin, end, 12, 14, FaultText(fault));
        if ((times.Active ?? times.Effective) is { } active)
        {
            var isSeen = fault.Effect is { Seen: true };
            Lane.Block(
                html, axis, isSeen ? "fault in" : "fault unseen", active, times.Lost ?? times.Reverting ?? end, 12, 14,
                fault.Effect?.Text ?? "nobody looked whether it had an effect", isSeen ? "in" : "without effect");
        }

        if (times.Confirmed is { } confirmed)
        {
            Lane.Mark(html, axis, "met", "met", confirmed, 19, $"taken back: {fault.Confirmation?.Text}");
        }
        else if (fault.State != "confirmed")
        {
            Lane.Mark(html, axis, "broken", "missed", end, 19, $"not seen to be taken back: {fault.Problem ?? fault.State}");
        }
    }

    private static Lane Activities(string name, string type, IReadOnlyList<ReportedActivity> activities)
    {
        var troubles = activities.Count(static activity => activity.IsTrouble);
        var summary = $"{Wording.Count(activities.Count, "time", "times")}, {(troubles == 0 ? "each as it should be" : $"{Wording.Count(troubles)} not as it should be")}";
        var remark = activities.Count == 1 ? type : string.Create(CultureInfo.InvariantCulture, $"{type} ×{activities.Count}");
        return new Lane(name, remark.Trim(), 22, summary, (html, axis) =>
        {
            if (activities.Count > MostMarks)
            {
                Columns(html, axis, activities);
                return;
            }

            foreach (var activity in activities)
            {
                if (activity.Begin is { } begin)
                {
                    var end = activity.End ?? begin;
                    if (end - begin > axis.End / 200)
                    {
                        Lane.Block(html, axis, activity.IsTrouble ? "span missed" : "span", begin, end, 8, 6, Title(activity));
                    }

                    var (sign, style) = Sign(activity);
                    Lane.Mark(html, axis, sign, style, activity.Background ? begin : end, 11, Title(activity));
                }
            }
        });
    }

    // So many that single marks would be one on the other: each column is as its worst.
    private static void Columns(HtmlText html, TimeAxis axis, IReadOnlyList<ReportedActivity> activities)
    {
        var columns = new (int Count, int Troubles)[MostMarks];
        foreach (var activity in activities)
        {
            if ((activity.End ?? activity.Begin) is { } at)
            {
                ref var column = ref columns[Math.Clamp((int)(at / axis.End * MostMarks), 0, MostMarks - 1)];
                column.Count++;
                column.Troubles += activity.IsTrouble ? 1 : 0;
            }
        }

        var width = axis.End / MostMarks;
        for (var number = 0; number < MostMarks; number++)
        {
            var (count, troubles) = columns[number];
            if (count > 0)
            {
                html.Open("rect", ("class", troubles > 0 ? "column missed" : "column"), ("x", axis.At(number * width)),
                    ("width", axis.Width(0, width)),
                        ("y", troubles > 0 ? "2" : "6"), ("height", troubles > 0 ? "18" : "10"))
                    .Element("title", $"{Wording.Seconds(number * width)}: {count} times, {troubles} not as it should be")
                    .Close("rect");
            }
        }
    }

    private static (string Sign, string Style) Sign(ReportedActivity activity) =>
        activity.ToleranceMet == false ? ("missed", "missed")
        : activity.IsTrouble ? ("broken", "missed")
        : activity.Type == "probe" ? ("met", "met")
        : ("done", "done");

    private static string Title(ReportedActivity activity) =>
        $"{activity.Name}, {Wording.Phase(activity.Phase)}, at {Wording.At(activity.Begin)}: {StatusText(activity)}"
        + (activity.Duration is { } duration ? $" after {Wording.Seconds(duration)}" : "")
        + (activity.Error is { } error ? $": {error}" : "");

    /// <summary>How an activity ended, in words.</summary>
    public static string StatusText(ReportedActivity activity) => activity switch
    {
        { ToleranceMet: false } => "not within its tolerance",
        { Status: ActivityStatus.Succeeded, ToleranceMet: true } => "within its tolerance",
        _ => ActivityStatusWord.Of(activity.Status).Replace('-', ' '),
    };

    private static Lane Service(ReportedRun run, ReportedService service, FaultServices hit) =>
        new(service.Name, "service", 20, string.Join(", ",
            service.Changes.Select(static change => $"{change.State} at {Wording.Seconds(change.At)}")), (html, axis) =>
        {
            for (var number = 0; number < service.Changes.Count; number++)
            {
                var (at, state) = service.Changes[number];
                var until = number + 1 < service.Changes.Count ? service.Changes[number + 1].At : axis.End;
                if (state != "stopped")
                {
                    Lane.Block(html, axis, $"service {(state is "ready" or "adopted" ? "ready" : state == "failed" ? "missed" : "between")}",
                        at, until, 5, 10, $"{service.Name}: {state} at {Wording.Seconds(at)}");
                }
            }

            foreach (var fault in run.Faults.Where(fault => fault.WasIn && hit[fault] == service.Name).Take(MostMarks))
            {
                if (FaultSpan(fault) is var (from, to))
                {
                    Lane.Block(html, axis, "fault in", from, to, 5, 10, $"{fault.Kind} of {service.Name} at {Wording.Seconds(from)}");
                }
            }
        });

    private static Lane Notices(ReportedRun run) =>
        new("warnings", null, 20, Wording.Count(run.Notices.Count, "warning", "warnings"), (html, axis) =>
        {
            foreach (var notice in run.Notices.Take(MostMarks))
            {
                Lane.Mark(html, axis, "notice", "warned", notice.At, 10, notice.Text);
            }
        });
}
