using System.Text.Json;
using Turbulence.Interruptions;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>Reads <c>turbulence.timeline</c>, as <c>docs/journal.md</c> describes it, line by line.</summary>
/// <param name="pool">Keeps the texts.</param>
internal sealed class TimelineReader(TextPool pool)
{
    private readonly Dictionary<long, TimelineRow> byNumber = [];
    private readonly int?[] iterations = new int?[Enum.GetValues<RunPhase>().Length];
    private readonly Dictionary<RunPhase, int> phasePlaces = [];
    private readonly Dictionary<(RunPhase, int), int> checkPlaces = [];
    private readonly List<ReportedPhase> phases = [];
    private readonly List<ReportedCheck> checks = [];

    /// <summary>Whether there was any line.</summary>
    public bool HasLines { get; private set; }

    /// <summary>The time of the last line.</summary>
    public double Last { get; private set; }

    /// <summary>Every activity that began, in the order of their beginning.</summary>
    public List<TimelineRow> Rows { get; } = [];

    /// <summary>The faults by their ids, in the order in which they were told.</summary>
    public OrderedDictionary<string, TimelineFault> Faults { get; } = [];

    /// <summary>The services by their names.</summary>
    public OrderedDictionary<string, List<ServiceChange>> Services { get; } = [];

    /// <summary>The lines for people.</summary>
    public List<ReportedNotice> Notices { get; } = [];

    /// <summary>What the users have told on their way.</summary>
    public LoadColumns Users { get; } = new();

    /// <summary>Why the run was asked to stop.</summary>
    public ReportedInterruption? Interruption { get; private set; }

    /// <summary>When the safeguards began to watch.</summary>
    public double? SafeguardsBegin { get; private set; }

    /// <summary>When they no longer watched.</summary>
    public double? SafeguardsEnd { get; private set; }

    /// <summary>The stages, in the order in which they began.</summary>
    public IReadOnlyList<ReportedPhase> Phases => phases;

    /// <summary>The checks of the steady state, in the order in which they began.</summary>
    public IReadOnlyList<ReportedCheck> Checks => checks;

    /// <summary>Takes a line in; one that says nothing for a report is passed over.</summary>
    public void Take(ReadOnlySpan<byte> text)
    {
        var line = TimelineLine.Read(text, pool);
        HasLines = true;
        Last = Math.Max(Last, line.At);
        switch (line.Event)
        {
            case "activity-started":
                Start(line);
                break;
            case "activity-ended":
                End(line);
                break;
            case "activity-progressed":
                if (Row(line) is { } told)
                {
                    Tell(told.Load ??= new LoadColumns(), line);
                }

                break;
            case "users-progressed":
                Tell(Users, line);
                break;
            case "fault-changed":
                Change(line);
                break;
            case "service-changed" when line is { Service: { } service, State: { } state }:
                if (!Services.TryGetValue(service, out var changes))
                {
                    Services[service] = changes = [];
                }

                changes.Add(new ServiceChange(line.At, state));
                break;
            case "notice":
                Notices.Add(new ReportedNotice(line.At, line.Level ?? "", line.Text ?? ""));
                break;
            case "run-interrupted":
                Interruption = new ReportedInterruption(line.Message ?? "", line.Cause, line.At);
                break;
            case "safeguards-started":
                SafeguardsBegin = line.At;
                break;
            case "safeguards-ended":
                SafeguardsEnd = line.At;
                break;
            default:
                TakeStage(line);
                break;
        }
    }

    private void TakeStage(in TimelineLine line)
    {
        switch (line.Event)
        {
            case "hypothesis-started" when PhaseWord.Parse(line.Phase) is { } phase:
                var iteration = line.Iteration.Small() ?? 0;
                iterations[(int)phase] = iteration;
                checkPlaces[(phase, iteration)] = checks.Count;
                checks.Add(new ReportedCheck(phase, iteration, line.At, null, null));
                Begin(phase, line.At);
                break;
            case "hypothesis-ended" when PhaseWord.Parse(line.Phase) is { } phase:
                if (checkPlaces.TryGetValue((phase, line.Iteration.Small() ?? 0), out var place))
                {
                    checks[place] = checks[place] with { End = line.At, Met = line.Met };
                }

                if (phase != RunPhase.During)
                {
                    Finish(phase, line.At);
                }

                break;
            case "continuous-started":
                Begin(RunPhase.During, line.At);
                break;
            case "continuous-ended":
                Finish(RunPhase.During, line.At);
                break;
            case "method-started":
                Begin(RunPhase.Method, line.At);
                break;
            case "method-ended":
                Finish(RunPhase.Method, line.At);
                break;
            case "rollbacks-decided" when line.Played == true:
                Begin(RunPhase.Rollbacks, line.At);
                break;
            case "rollbacks-ended":
                Finish(RunPhase.Rollbacks, line.At);
                break;
        }
    }

    private void Start(in TimelineLine line)
    {
        if (PhaseWord.Parse(line.Phase) is not { } phase || line.Activity.Small() is not { } number || byNumber.ContainsKey(number))
        {
            return;
        }

        var row = new TimelineRow(number, phase, line.Name ?? "")
        {
            Type = line.Type,
            Background = line.Background == true,
            Begin = line.At,
            Iteration = phase is RunPhase.Method or RunPhase.Rollbacks ? null : iterations[(int)phase],
        };
        byNumber[number] = row;
        Rows.Add(row);
    }

    private void End(in TimelineLine line)
    {
        if (Row(line) is { } row)
        {
            row.Status = ActivityStatusWord.Parse(line.Status) ?? ActivityStatus.Unfinished;
            row.Duration = line.Duration;
            row.ToleranceMet = line.ToleranceMet;
        }
    }

    private void Change(in TimelineLine line)
    {
        if (line is not { Fault: { } id, State: { } state })
        {
            return;
        }

        if (!Faults.TryGetValue(id, out var fault))
        {
            Faults[id] = fault = new TimelineFault(line.Kind ?? "", line.Name ?? "");
        }

        fault.Take(line.At, state);
    }

    private TimelineRow? Row(in TimelineLine line) => line.Activity is { } number ? byNumber.GetValueOrDefault(number) : null;

    private void Begin(RunPhase phase, double at)
    {
        if (phasePlaces.TryAdd(phase, phases.Count))
        {
            phases.Add(new ReportedPhase(phase, at, null));
        }
    }

    private void Finish(RunPhase phase, double at)
    {
        if (phasePlaces.TryGetValue(phase, out var place))
        {
            phases[place] = phases[place] with { End = at };
        }
    }

    private static void Tell(LoadColumns columns, in TimelineLine line)
    {
        if (line.Progress.IsEmpty)
        {
            return;
        }

        var reader = JournalFeed.Read(line.Progress);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        long? requests = null;
        long? lost = null;
        double? half = null;
        double? most = null;
        var isLoad = false;
        while (reader.NextMember())
        {
            if (reader.IsKey("parts"u8))
            {
                LoadPartsReader.Read(ref reader, columns);
                isLoad = true;
            }
            else if (reader.IsKey("requests"u8) || reader.IsKey("intended"u8))
            {
                requests = reader.Whole();
            }
            else if (reader.IsKey("lost"u8))
            {
                lost = reader.Whole();
            }
            else if (reader.IsKey("p50_ms"u8))
            {
                half = reader.Number();
            }
            else if (reader.IsKey("p99_ms"u8))
            {
                most = reader.Number();
            }
            else
            {
                reader.Skip();
            }
        }

        if (isLoad)
        {
            columns.Tell(line.At, requests, lost, half, most);
        }
    }
}
