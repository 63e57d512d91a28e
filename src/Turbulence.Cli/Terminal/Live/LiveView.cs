using Spectre.Console.Rendering;
using Turbulence.Cli.Lines;
using Turbulence.Events;
using Turbulence.Interruptions;

namespace Turbulence.Cli.Terminal.Live;

/// <summary>
/// What the live view shows, without a terminal: events go in; rows that stay come out once, rows of what goes on right now
/// come out as often as they are asked for.
/// </summary>
/// <param name="glyphs">The signs.</param>
/// <param name="verbose">Whether notices of the level DEBUG are shown.</param>
internal sealed class LiveView(Glyphs glyphs, bool verbose)
{
    private readonly List<IRenderable> finished = [];
    private readonly RunningWorks works = new();
    private readonly Misses misses = new();
    private readonly Felt felt = new();
    private int safeguards;
    private RunEnded? ended;

    /// <summary>True while something goes on, so that the rows change with time alone.</summary>
    public bool IsBusy => works.Count > 0;

    /// <summary>Takes one event.</summary>
    public void On(RunEvent happened)
    {
        foreach (var pause in works.EndPauses(happened))
        {
            Add(new Row(2, glyphs.Note, Look.Quiet).Text(pause.Summary(happened.At), Look.Quiet));
        }

        works.On(happened);
        felt.On(happened);
        finished.AddRange(RowsOf(happened));
    }

    /// <summary>
    /// Puts the verdict below everything, with what the program ends with and what it has written; nothing where there is none. It is told
    /// once.
    /// </summary>
    /// <param name="closing">How the program ends; null where it says nothing more.</param>
    public void Close(RunClosing? closing)
    {
        if (ended is not null)
        {
            Add(VerdictPanel.Of(ended, felt.Lines, closing ?? new RunClosing(ended.Outcome.ExitCode, []), glyphs));
            ended = null;
        }
    }

    /// <summary>The rows that stay and were not taken yet.</summary>
    public IReadOnlyList<IRenderable> TakeFinished()
    {
        IReadOnlyList<IRenderable> rows = [.. finished];
        finished.Clear();
        return rows;
    }

    /// <summary>The rows of what goes on, the latest last.</summary>
    /// <param name="now">The moment that they show.</param>
    /// <param name="limit">How many rows there may be; at least 1.</param>
    public IReadOnlyList<Row> Busy(DateTimeOffset now, int limit)
    {
        var shown = works.Count <= limit ? works.Count : limit - 1;
        var rows = new List<Row>(shown + 1);
        if (shown < works.Count)
        {
            rows.Add(new Row(2, glyphs.Note, Look.Quiet) { Cut = true }.Text($"and {works.Count - shown} more", Look.Quiet));
        }

        foreach (var work in works.Latest(shown))
        {
            rows.Add(new Row(2, glyphs.Spin(now), Look.Busy) { Cut = true }.Text(work.Title)
                .End(Look.Quiet, work.Forms(now).Select(static form => $"  {form}")));
        }

        return rows;
    }

    private IEnumerable<IRenderable> RowsOf(RunEvent happened) => happened switch
    {
        RunStarted started => HeadRows.Of(started, glyphs),
        HypothesisStarted { Phase: not RunPhase.During } started => [HeadRows.Of(started)],
        HypothesisEnded { Run.Phase: not RunPhase.During } ended => HypothesisEnd(ended.Run),
        HypothesisEnded ended => misses.Of(ended.Run, glyphs),
        MethodStarted => [HeadRows.Heading("Method")],
        ActivityEnded { Run.Phase: not RunPhase.During } ended => ActivityRows.Of(ended.Run, glyphs),
        RollbacksDecided { Activities: 0 } => [],
        RollbacksDecided { Played: true } => [HeadRows.Heading("Rollbacks")],
        RollbacksDecided decided =>
            [HeadRows.Heading("Rollbacks"), new Row(2, glyphs.Dash, Look.Watch).Text($"not played: {decided.Reason}")],
        ContinuousEnded ended => [.. misses.End(glyphs), Checks(ended)],
        SafeguardsEnded ended => [Safeguards(ended)],
        FaultChanged changed => FaultRows.Of(changed, glyphs),
        ServiceChanged { State: not (ServiceState.Starting or ServiceState.Stopping) } changed => [Service(changed)],
        SafeguardsStarted started => Watched(started),
        RunEnded over => Held(over),
        RunInterrupted or Notice => EventLines.Of(happened).Where(line => verbose || line.Level > NoticeLevel.Debug).Select(Note),
        _ => [],
    };

    private void Add(IRenderable row) => finished.Add(row);

    private IEnumerable<IRenderable> HypothesisEnd(HypothesisRun run)
    {
        var late = run is { Iteration: > 0, Settled: { } settled } ? $"  {DurationText.Of(settled)} after everything was taken back" : "";
        return run switch
        {
            { Met: true, WasLeftOut: true } => [new Row(2, "", Look.Quiet).Text("not checked: its probes are left out", Look.Quiet)],
            { Met: true } => [new Row(2, glyphs.Done, Look.Good).Text("met", Look.Good).Text(late, Look.Quiet)],
            { IsRepeated: true } =>
                [new Row(2, glyphs.Alert, Look.Watch).Text("not met yet; it is checked again while the system settles", Look.Watch)],
            { Iteration: > 0 } =>
                [.. Misses.Rows(run, glyphs), new Row(2, glyphs.Missed, Look.Bad).Text("not met", Look.Bad).Text(late, Look.Quiet)],
            _ => [new Row(2, glyphs.Missed, Look.Bad).Text("not met", Look.Bad)],
        };
    }

    private Row Safeguards(SafeguardsEnded ended)
    {
        var (sign, look) = ended.Missed is null ? (glyphs.Done, Look.Good) : (glyphs.Missed, Look.Bad);
        var who = safeguards == 1 ? "one safeguard" : $"{safeguards} safeguards";
        var looks = ended.Checks == 1 ? "one check" : $"{ended.Checks} checks";
        return new Row(2, sign, look).Text(
            $"{who}: {looks}, {(ended.Missed is { } missed ? $"'{missed.Activity.Name}' was missed" : "none missed")}");
    }

    private IEnumerable<IRenderable> Watched(SafeguardsStarted started)
    {
        safeguards = started.Count;
        return [];
    }

    // What the program ends with is known when it has written what it is to write.
    private IEnumerable<IRenderable> Held(RunEnded over)
    {
        ended = over;
        return [];
    }

    private Row Checks(ContinuousEnded ended) => new Row(
        2, ended.Missed == 0 ? glyphs.Done : glyphs.Missed, ended.Missed == 0 ? Look.Good : Look.Bad)
        .Text(
            $"steady state meanwhile: {ended.Iterations} checks, {ended.Missed} missed{(ended.FailedFast ? ", so the method was ended" : "")}");

    private Row Service(ServiceChanged changed)
    {
        var (sign, style) = changed.State == ServiceState.Failed ? (glyphs.Missed, Look.Bad) : (glyphs.Done, Look.Good);
        var be = changed.Name == ServiceChanged.FaultProxies ? "are" : "is";
        var state = changed.State switch
        {
            ServiceState.Ready => $"{be} ready",
            ServiceState.Adopted => "was running already",
            ServiceState.Stopped => $"{be} stopped",
            _ => "failed",
        };
        var row = new Row(0, sign, style).Text($"{ServiceName.Of(changed.Name)} {state}");
        return changed.Detail.Length == 0
            ? row
            : row.Text($"  {changed.Detail}", changed.State == ServiceState.Failed ? Look.Bad : Look.Quiet);
    }

    private Row Note(Line line) => line.Level switch
    {
        <= NoticeLevel.Information => new Row(2, glyphs.Note, Look.Quiet).Text(line.Text, Look.Quiet),
        NoticeLevel.Warning => new Row(2, glyphs.Alert, Look.Watch).Text(line.Text, Look.Watch),
        _ => new Row(2, glyphs.Alert, Look.Bad).Text(line.Text, Look.Bad),
    };
}
