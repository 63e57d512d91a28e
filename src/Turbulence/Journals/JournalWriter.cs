using System.Text.Json.Nodes;
using Turbulence.Platform.Files;
using Turbulence.Running;
using Turbulence.Running.Events;

namespace Turbulence.Journals;

/// <summary>
/// Writes the journal while the run goes on. The file is replaced as a whole, by a rename, each time: whoever reads it, and
/// whenever the process dies, it is a complete JSON document of what was done so far. What cannot be replaced (<see cref="OutputKind"/>) is written once, at the end.
/// A disk that is full costs nothing but the time until there is room again: what is to be written stays known, and is tried again.
/// <para>
/// Replacing a small file costs tens of microseconds, so it is done at each event. A journal of many megabytes is replaced
/// as often as takes a twentieth of the time, and what is finished is not kept in memory.
/// </para>
/// </summary>
public sealed class JournalWriter : IRunRecord, IJournalSource, IDisposable
{
    private static readonly TimeSpan RetryPace = TimeSpan.FromSeconds(1);

    private readonly OutputFile output;
    private readonly JournalHead head;
    private readonly JournalSpool during;
    private readonly JournalEntries run;
    private readonly JournalEntries rollbacks;
    private readonly JournalSection ours = new();
    private readonly Lock gate = new();
    private readonly RewritePace pace;
    private byte[]? before;
    private byte[]? after;
    private RunEnded? ended;
    private JournalReplacement? replacement;
    private bool started;
    private bool isDisposed;

    /// <summary>Prepares a journal and makes sure that its file can be written, before anything is run.</summary>
    /// <param name="path">The file; an existing one is replaced when the run starts.</param>
    /// <param name="head">What the journal says of the machine and the program.</param>
    /// <param name="time">Decides when a large journal is written again.</param>
    /// <param name="isPrivate">Whether only its owner may read it; otherwise who the umask and the file that was there say.</param>
    /// <exception cref="IOException">The folder is not there or is full, or nobody reads from the pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to, or the path is a folder.</exception>
    public JournalWriter(string path, JournalHead head, TimeProvider time, bool isPrivate = true)
    {
        output = new OutputFile(path) { IsPrivate = isPrivate, KeepsMode = !isPrivate };
        output.Prepare();
        var directory = output.Place.Kind == OutputKind.Stream ? Path.GetTempPath() : Path.GetDirectoryName(output.Place.Path)!;
        this.head = head;
        during = new JournalSpool(directory, depth: 3);
        run = new JournalEntries(directory);
        rollbacks = new JournalEntries(directory);
        pace = new RewritePace(time, Replace, WriteLate);
    }

    /// <inheritdoc/>
    public string Name => "journal";

    /// <inheritdoc/>
    public string? Failure { get; private set; }

    /// <inheritdoc/>
    public void On(RunEvent happened)
    {
        lock (gate)
        {
            if (Take(happened))
            {
                TryWrite(during.Length + run.Length + rollbacks.Length, now: happened is RunStarted or RunEnded or MethodStarted);
            }
        }
    }

    /// <inheritdoc/>
    public JsonObject Read(RunEnded end)
    {
        lock (gate)
        {
            ours.Take(end);
            using var text = new MemoryStream();
            Compose(text, end);
            replacement = new JournalReplacement(end.Outcome);
            return (JsonObject)JournalJson.Parse(text.GetBuffer().AsSpan(0, (int)text.Length))!;
        }
    }

    /// <inheritdoc/>
    public JsonArray ReadEntries(RunPhase phase)
    {
        lock (gate)
        {
            return Entries(phase)?.Read() ?? [];
        }
    }

    /// <inheritdoc/>
    public void ReplaceEntries(RunPhase phase, JsonArray entries)
    {
        lock (gate)
        {
            Entries(phase)?.Replace(entries);
        }
    }

    /// <inheritdoc/>
    public void Replace(JsonObject journal)
    {
        lock (gate)
        {
            replacement?.Take(journal);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        pace.Dispose();
        lock (gate)
        {
            isDisposed = true;
            output.Dispose();
            during.Dispose();
            run.Dispose();
            rollbacks.Dispose();
        }
    }

    private bool Take(RunEvent happened)
    {
        switch (happened)
        {
            case RunStarted begin:
                started = true;
                head.Begin(begin);
                ours.Take(begin, head.Version);
                return true;
            case HypothesisEnded { Run: var check }:
                TakeCheck(check);
                return true;
            case ActivityStarted { Run: var activity }:
                return Entries(activity.Phase)?.Begin(activity) == true;
            case ActivityEnded { Run: var activity }:
                return Entries(activity.Phase)?.End(activity) == true;
            case ActivityAmended { Run: var activity }:
                return Entries(activity.Phase)?.Amend(activity) == true;
            case ExperimentChanged changed:
                head.Change(changed.Experiment);
                return true;
            case RunEnded end:
                ended = end;
                ours.Take(end);
                return true;
            default:
                return ours.Take(happened);
        }
    }

    private JournalEntries? Entries(RunPhase phase) => phase switch
    {
        RunPhase.Method => run,
        RunPhase.Rollbacks => rollbacks,
        _ => null,
    };

    private void TakeCheck(HypothesisRun check)
    {
        var text = JournalJson.Text(check);
        switch (check.Phase)
        {
            case RunPhase.Gate:
                before = text;
                break;
            case RunPhase.After:
                after = text;
                break;
            case RunPhase.During:
                during.Add(text);
                break;
            default:
                ours.TakeClosing(check);
                break;
        }
    }

    private void WriteLate()
    {
        lock (gate)
        {
            if (pace.IsWaiting && ended is null && !isDisposed)
            {
                TryWrite(size: 0, now: true);
            }
        }
    }

    private void TryWrite(long size, bool now)
    {
        try
        {
            pace.Write(size, now);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Failure = error.Message;
            pace.Retry(RetryPace);
        }
    }

    private void Replace()
    {
        if (!started || (ended is null && output.Place.Kind != OutputKind.Replaced))
        {
            return;
        }

        output.Write(file =>
        {
            if (ended is not null && replacement?.For(ended.Outcome, ours.Content) is { } journal)
            {
                file.Write(JournalJson.Text(journal));
            }
            else
            {
                Compose(file, ended);
            }
        });
        Failure = null;
    }

    private void Compose(Stream target, RunEnded? end)
    {
        var text = new JournalText(target);
        head.Write(text);
        text.Key("status").Value(JournalJson.Text(end is null ? "running" : end.Outcome.Status.ToString().ToLowerInvariant()));
        text.Key("deviated").Value(end?.Outcome.Deviated == true ? "true"u8 : "false"u8);
        text.Key("steady_states").Open();
        text.Key("before").Value(before ?? "null"u8);
        text.Key("after").Value(after ?? "null"u8);
        text.Key("during").Array(during, []);
        text.Close();
        run.WriteTo(text.Key("run"), final: end is not null);
        rollbacks.WriteTo(text.Key("rollbacks"), final: end is not null);
        if (end is not null)
        {
            text.Key("end").Value(JournalJson.Text(JournalTime.Text(end.At)));
            text.Key("duration").Value(JournalJson.Text(JsonValue.Create(end.Duration.TotalSeconds)));
        }

        text.Key("turbulence").Value(JournalJson.Text(ours.Content));
        text.End();
    }
}
