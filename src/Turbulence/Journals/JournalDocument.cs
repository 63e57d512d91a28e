using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Interruptions;

namespace Turbulence.Journals;

/// <summary>
/// The journal of a run as it stands by now, as the pieces of its text, so that what changed can be written without what stands before it:
/// <code>
///   first: program, machine ─ experiment ─ opening: start, status, steady states ─ during ─ run ─ rollbacks ─ closing: end, our own key ─ its timeline
/// </code>
/// </summary>
/// <param name="head">What stands first.</param>
/// <param name="directory">Where the files of what is not held in memory would be.</param>
internal sealed class JournalDocument(JournalHead head, string directory) : IDisposable
{
    private static readonly byte[] First = Text(static text => JournalHead.WriteFirst(new JournalText(text).Begin()));

    private readonly JournalAside aside = new(directory);
    private readonly JournalArray during = new(directory, depth: 2);
    private readonly JournalEntries run = new(directory);
    private readonly JournalEntries rollbacks = new(directory);
    private readonly JournalSection ours = new();
    private readonly JournalTimeline timeline = new(directory);
    private byte[]? before;
    private byte[]? after;
    private byte[]? opening;
    private byte[]? closing;

    /// <summary>The journal's key that is ours, live.</summary>
    public JsonObject Ours => ours.Content;

    /// <summary>How many bytes it has, as long as the run goes on.</summary>
    public long Length => TimelineAt + timeline.Length + Ending.Length;

    /// <summary>How many bytes were written to the disk, ever, to keep them out of memory.</summary>
    public long Written => aside.Written + during.Written + run.Written + rollbacks.Written + timeline.Written;

    /// <summary>How many may have been written so by the time that all of it is finished.</summary>
    public long Reserved => aside.Written + during.Reserved + run.Reserved + rollbacks.Reserved + timeline.Length;

    private byte[] Opening => opening ??= Text(text => WriteOpening(text, end: null));

    private byte[] Closing => closing ??= Text(text => WriteClosing(text, end: null));

    private static ReadOnlySpan<byte> BeforeRun => "\n  },\n  \"run\": "u8;

    private static ReadOnlySpan<byte> BeforeRollbacks => ",\n  \"rollbacks\": "u8;

    // Of our own key and of the journal.
    private static ReadOnlySpan<byte> Ending => "\n  }\n}"u8;

    private static int ExperimentAt => First.Length;

    private long OpeningAt => ExperimentAt + head.Experiment.Length;

    private long DuringAt => OpeningAt + Opening.Length;

    private long RunAt => DuringAt + during.Length + BeforeRun.Length;

    private long RollbacksAt => RunAt + run.Length + BeforeRollbacks.Length;

    private long ClosingAt => RollbacksAt + rollbacks.Length;

    private long TimelineAt => ClosingAt + Closing.Length;

    /// <summary>Takes an event in.</summary>
    /// <returns>The first byte that is not as it was; null where the event says nothing for a journal.</returns>
    public long? Take(RunEvent happened)
    {
        var changed = TakeIn(happened);
        if (JournalTimeline.Has(happened))
        {
            var line = timeline.Add(happened);
            changed ??= TimelineAt + line;
        }

        return changed;
    }

    /// <summary>The entries of the method or of the rollbacks; null for another phase.</summary>
    public JournalEntries? EntriesOf(RunPhase phase) => Entries(phase)?.List;

    /// <summary>Writes the journal of a run that goes on, from a byte to its end.</summary>
    public void CopyTo(Stream target, long from)
    {
        Copy(First, target, from);
        Copy(head.Experiment, target, from - ExperimentAt);
        Copy(Opening, target, from - OpeningAt);
        Copy(during, target, from - DuringAt);
        Copy(BeforeRun, target, from - (RunAt - BeforeRun.Length));
        Copy(run, target, from - RunAt);
        Copy(BeforeRollbacks, target, from - (RollbacksAt - BeforeRollbacks.Length));
        Copy(rollbacks, target, from - RollbacksAt);
        Copy(Closing, target, from - ClosingAt);
        Copy(timeline, target, from - TimelineAt);
        Copy(Ending, target, from - TimelineAt - timeline.Length);
    }

    /// <summary>Writes the journal of a run that has ended.</summary>
    public void CopyFinalTo(Stream target, RunEnded end)
    {
        target.Write(First);
        head.Experiment.CopyTo(target, from: 0);
        WriteOpening(target, end);
        during.CopyTo(target, from: 0);
        target.Write(BeforeRun);
        run.CopyFinalTo(target);
        target.Write(BeforeRollbacks);
        rollbacks.CopyFinalTo(target);
        WriteClosing(target, end);
        timeline.CopyFinalTo(target, end);
        target.Write(Ending);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        aside.Dispose();
        during.Dispose();
        run.Dispose();
        rollbacks.Dispose();
        timeline.Dispose();
    }

    private static void Copy(JournalPiece piece, Stream target, long from)
    {
        if (from < piece.Length)
        {
            piece.CopyTo(target, Math.Max(0, from));
        }
    }

    private static void Copy(ReadOnlySpan<byte> text, Stream target, long from)
    {
        if (from < text.Length)
        {
            target.Write(text[(int)Math.Max(0, from)..]);
        }
    }

    private static byte[] Text(Action<Stream> write)
    {
        using var text = new MemoryStream();
        write(text);
        return text.ToArray();
    }

    private long? TakeIn(RunEvent happened)
    {
        switch (happened)
        {
            case RunStarted begin:
                head.Begin(begin, aside);
                ours.Take(begin, head.Version);
                OpeningChanged();
                return 0;
            case ExperimentChanged changed:
                head.Change(changed.Experiment, aside);
                return ExperimentAt;
            case HypothesisEnded { Run: var check }:
                return Take(check);
            case ActivityStarted { Run: var activity }:
                return Entries(activity.Phase) is var (begun, at) ? at + begun.Begin(activity) : null;
            case ActivityEnded { Run: var activity }:
                return Entries(activity.Phase) is var (ended, start) ? start + ended.End(activity) : null;
            case ActivityAmended { Run: var activity }:
                return Entries(activity.Phase) is var (amended, from) ? from + amended.Amend(activity) : null;
            case RunEnded end:
                ours.Take(end);
                return ClosingChanged();
            default:
                return ours.Take(happened) ? ClosingChanged() : null;
        }
    }

    private long OpeningChanged()
    {
        (opening, closing) = (null, null);
        return OpeningAt;
    }

    private long ClosingChanged()
    {
        closing = null;
        return ClosingAt;
    }

    private (JournalEntries List, long At)? Entries(RunPhase phase) => phase switch
    {
        RunPhase.Method => (run, RunAt),
        RunPhase.Rollbacks => (rollbacks, RollbacksAt),
        _ => null,
    };

    private long Take(HypothesisRun check)
    {
        switch (check.Phase)
        {
            case RunPhase.Gate:
                before = JournalJson.Text(check);
                return OpeningChanged();
            case RunPhase.After:
                after = JournalJson.Text(check);
                return OpeningChanged();
            case RunPhase.During:
                return DuringAt + during.Add(text => JournalJson.Write(text, check));
            default:
                ours.TakeClosing(check);
                return ClosingChanged();
        }
    }

    private void WriteOpening(Stream target, RunEnded? end)
    {
        var text = new JournalText(target);
        head.WriteStart(text);
        text.Key("status").Value(JournalJson.Text(end is null ? "running" : end.Outcome.Status.ToString().ToLowerInvariant()));
        text.Key("deviated").Value(end?.Outcome.Deviated == true ? "true"u8 : "false"u8);
        text.Key("steady_states").Open();
        text.Key("before").Value(before ?? "null"u8);
        text.Key("after").Value(after ?? "null"u8);
        text.Key("during");
    }

    private void WriteClosing(Stream target, RunEnded? end)
    {
        var text = new JournalText(target);
        if (end is not null)
        {
            text.Key("end").Value(JournalJson.Text(JournalTime.Text(end.At)));
            text.Key("duration").Value(JournalJson.Text(JsonValue.Create(end.Duration.TotalSeconds)));
        }

        text.Key("turbulence").Open();
        foreach (var (key, value) in ours.Content)
        {
            text.Key(key).Value(JournalJson.Text(value));
        }

        text.Key("timeline");
    }
}
