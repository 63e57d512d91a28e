using Turbulence.Interruptions;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>
/// Finds the entry of each activity of the timeline, and keeps each entry that has none there: a control may have changed the lists, and
/// the reference's journals have no timeline.
/// </summary>
internal sealed class ActivityAssembly
{
    private readonly JournalContent content;
    private readonly List<ReportedActivity> all = [];
    private readonly List<(JournalEntry Entry, RunPhase Phase, int? Iteration)> alone = [];
    private readonly List<(ReportedActivity Activity, ReportedLoad? Load, LoadColumns? Columns)> loads = [];
    private readonly List<ReportedSpanMap> spans = [];
    private readonly List<ReportedCheck> checks = [];

    /// <summary>Puts the activities together.</summary>
    public ActivityAssembly(JournalContent content)
    {
        this.content = content;
        var rows = content.Timeline.Rows.ToLookup(static row => (row.Phase, row.Iteration));
        Dictionary<TimelineRow, JournalEntry> entries = [];
        Match(rows, entries, content.Before, RunPhase.Gate, 0);
        // A check that was cut off has lines and no entry.
        var during = content.Timeline.Checks
            .Where(static check => check is { Phase: RunPhase.During, Met: not null }).Select(static check => check.Iteration).ToList();
        for (var i = 0; i < content.During.Count; i++)
        {
            Match(rows, entries, content.During[i], RunPhase.During, i < during.Count ? during[i] : i + 1);
        }

        Match(rows[(RunPhase.Method, null)], entries, content.Method, RunPhase.Method, null);
        Match(rows, entries, content.After, RunPhase.After, 0);
        Match(rows[(RunPhase.Rollbacks, null)], entries, content.Rollbacks, RunPhase.Rollbacks, null);
        var last = content.Timeline.Rows.FindLast(static row => row.Phase == RunPhase.Closing)?.Iteration ?? 0;
        Match(rows, entries, content.Closing, RunPhase.Closing, last);
        foreach (var row in content.Timeline.Rows)
        {
            Add(Of(row, entries.GetValueOrDefault(row)), entries.GetValueOrDefault(row), row.Load);
        }

        var next = all.Count == 0 ? 1 : all.Max(static one => one.Number) + 1;
        foreach (var (entry, phase, iteration) in alone.OrderBy(static one => one.Entry.Start ?? DateTimeOffset.MaxValue))
        {
            Add(Of(next++, entry, phase, iteration), entry, null);
        }
    }

    /// <summary>Every activity.</summary>
    public IReadOnlyList<ReportedActivity> All => all;

    /// <summary>Those that are loads.</summary>
    public IReadOnlyList<(ReportedActivity Activity, ReportedLoad? Load, LoadColumns? Columns)> Loads => loads;

    /// <summary>What was watched from the inside.</summary>
    public IReadOnlyList<ReportedSpanMap> Spans => spans;

    /// <summary>The checks of the steady state, from the lists of entries alone.</summary>
    public IReadOnlyList<ReportedCheck> Checks => checks;

    /// <summary>The activity of an entry alone.</summary>
    public ReportedActivity Of(int number, JournalEntry entry, RunPhase phase, int? iteration) => new(number, entry.Name ?? "", phase)
    {
        Type = entry.Type ?? "",
        Iteration = iteration,
        Background = entry.Background,
        Begin = Seconds(entry.Start),
        Duration = entry.Duration ?? (entry.End - entry.Start)?.TotalSeconds,
        Status = entry.Ended,
        ToleranceMet = entry.ToleranceMet,
        Tolerance = entry.Tolerance,
        Output = entry.Output,
        Error = entry.Error,
        Provider = entry.Provider,
    };

    private static ReportedActivity Of(TimelineRow row, JournalEntry? entry) => new(row.Number, row.Name, row.Phase)
    {
        Type = row.Type ?? entry?.Type ?? "",
        Iteration = row.Iteration,
        Background = row.Background,
        Begin = row.Begin,
        // The timeline has it to the microsecond.
        Duration = entry?.Duration ?? row.Duration,
        Status = row.Status ?? entry?.Ended ?? ActivityStatus.Unfinished,
        ToleranceMet = row.ToleranceMet ?? entry?.ToleranceMet,
        Tolerance = entry?.Tolerance,
        Output = entry?.Output,
        Error = entry?.Error,
        Provider = entry?.Provider,
    };

    private double? Seconds(DateTimeOffset? at) => (at - content.Run.Started)?.TotalSeconds;

    private void Add(ReportedActivity activity, JournalEntry? entry, LoadColumns? columns)
    {
        all.Add(activity);
        if (entry?.Spans is { } map)
        {
            spans.Add(map with { Activity = activity.Name, Begin = activity.Begin });
        }

        var load = entry?.Load;
        if (load is not null || columns is not null)
        {
            loads.Add((activity, load, columns));
        }
    }

    private void Match(
        ILookup<(RunPhase, int?), TimelineRow> rows,
        Dictionary<TimelineRow, JournalEntry> entries,
        (bool? Met, List<JournalEntry> Probes)? check,
        RunPhase phase,
        int iteration)
    {
        if (check is not var (met, probes))
        {
            return;
        }

        var begin = probes.Select(static probe => probe.Start).FirstOrDefault(static start => start is not null);
        var end = probes.Select(static probe => probe.End).LastOrDefault(static last => last is not null);
        checks.Add(new ReportedCheck(phase, iteration, Seconds(begin), Seconds(end), met));
        Match(rows[(phase, iteration)], entries, probes, phase, iteration);
    }

    // Both are in the order in which the activities began. Where their numbers differ, a control has changed the list: by their names then.
    private void Match(
        IEnumerable<TimelineRow> rows,
        Dictionary<TimelineRow, JournalEntry> entries,
        List<JournalEntry> list,
        RunPhase phase,
        int? iteration)
    {
        var begun = rows.ToList();
        if (begun.Count == list.Count)
        {
            for (var i = 0; i < list.Count; i++)
            {
                entries[begun[i]] = list[i];
            }

            return;
        }

        var byName = begun.GroupBy(static row => row.Name)
            .ToDictionary(static same => same.Key, static same => new Queue<TimelineRow>(same));
        foreach (var entry in list)
        {
            if (byName.TryGetValue(entry.Name ?? "", out var same) && same.TryDequeue(out var row))
            {
                entries[row] = entry;
            }
            else
            {
                alone.Add((entry, phase, iteration));
            }
        }
    }
}
