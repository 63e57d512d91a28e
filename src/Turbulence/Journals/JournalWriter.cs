using System.Text.Json.Nodes;
using Turbulence.Running;
using Turbulence.Running.Events;

namespace Turbulence.Journals;

/// <summary>
/// Writes the journal while the run goes on. The file is replaced as a whole, by a rename, each time: whoever reads it, and
/// whenever the process dies, it is a complete JSON document of what was done so far.
/// <para>
/// Replacing a small file costs tens of microseconds, so it is done at each event. A journal of many megabytes is replaced
/// as often as takes a twentieth of the time, and what is finished is not kept in memory.
/// </para>
/// </summary>
public sealed class JournalWriter : IRunObserver, IJournalSource, IDisposable
{
    private readonly string path;
    private readonly string partial;
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

    /// <summary>Prepares a journal and makes sure that its file can be written, before anything is run.</summary>
    /// <param name="path">The file; an existing one is replaced when the run starts.</param>
    /// <param name="head">What the journal says of the machine and the program.</param>
    /// <param name="time">Decides when a large journal is written again.</param>
    /// <exception cref="IOException">The folder is not there or is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to, or the path is a folder.</exception>
    public JournalWriter(string path, JournalHead head, TimeProvider time)
    {
        this.path = Path.GetFullPath(path);
        if (Directory.Exists(this.path))
        {
            throw new UnauthorizedAccessException($"'{path}' is a folder");
        }

        var directory = Path.GetDirectoryName(this.path)!;
        partial = Path.Combine(directory, $".{Path.GetFileName(this.path)}.partial");
        this.head = head;
        during = new JournalSpool(directory, depth: 3);
        run = new JournalEntries(directory);
        rollbacks = new JournalEntries(directory);
        pace = new RewritePace(time, Replace, WriteLate);
        File.Create(partial).Dispose();
        File.Delete(partial);
    }

    /// <summary>Why the journal could not be written; null while it can.</summary>
    public string? Failure { get; private set; }

    /// <inheritdoc/>
    public void On(RunEvent happened)
    {
        lock (gate)
        {
            try
            {
                if (Take(happened))
                {
                    pace.Write(during.Length + run.Length + rollbacks.Length, now: happened is RunStarted or RunEnded or MethodStarted);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Failure = error.Message;
                throw;
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
                ours.TakeClosing(text);
                break;
        }
    }

    private void WriteLate()
    {
        lock (gate)
        {
            try
            {
                if (pace.IsWaiting && ended is null)
                {
                    pace.Write(size: 0, now: true);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                // The next event fails as well, and tells.
                Failure = error.Message;
            }
        }
    }

    private void Replace()
    {
        if (!started)
        {
            return;
        }

        using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.Read, 64 * 1024))
        {
            if (ended is not null && replacement?.For(ended.Outcome, ours.Content) is { } journal)
            {
                file.Write(JournalJson.Text(journal));
            }
            else
            {
                Compose(file, ended);
            }
        }

        File.Move(partial, path, overwrite: true);
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
