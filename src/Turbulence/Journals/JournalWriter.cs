using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Platform.Files;

namespace Turbulence.Journals;

/// <summary>
/// Writes the journal while the run goes on. Under its name stands, whoever reads it and whenever the process dies, a complete JSON
/// document of what was done so far: a new one takes the place of the last in one step. What cannot be replaced (<see cref="OutputKind"/>)
/// is written once, at the end. A disk that is full costs nothing but the time until there is room again: what is to be written stays
/// known, and is tried again.
/// <para>
/// Replacing a small file costs tens of microseconds, so it is done at each event. Of a large one only what changed is written
/// (<see cref="AlternatingFile"/>), and what is finished is not kept in memory; <see cref="RewritePace"/> says how much may be written in
/// all.
/// </para>
/// </summary>
public sealed class JournalWriter : IRunRecord, IJournalSource, IDisposable
{
    private static readonly TimeSpan RetryPace = TimeSpan.FromSeconds(1);

    private readonly OutputFile output;
    private readonly AlternatingFile? alternating;
    private readonly JournalDocument document;
    private readonly Lock gate = new();
    private readonly RewritePace pace;
    private RunEnded? ended;
    private JournalReplacement? replacement;
    private long written;
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
        SideFolder = output.Place.Kind == OutputKind.Stream ? null : $"{Path.GetFullPath(path)}.d";
        var directory = output.Place.Kind == OutputKind.Stream ? Path.GetTempPath() : Path.GetDirectoryName(output.Place.Path)!;
        alternating = OperatingSystem.IsLinux() ? new AlternatingFile(output) : null;
        document = new JournalDocument(head, directory);
        pace = new RewritePace(time, Replace, WriteLate);
    }

    /// <inheritdoc/>
    public string Name => "journal";

    /// <inheritdoc/>
    public string? Failure { get; private set; }

    /// <summary>The folder for files beside the journal; null where the journal is no file that others could be beside of.</summary>
    public string? SideFolder { get; }

    /// <summary>How many bytes were written to the disk in all, those that only keep text out of memory among them.</summary>
    internal long Written => written + document.Written;

    /// <inheritdoc/>
    public void On(RunEvent happened)
    {
        lock (gate)
        {
            started |= happened is RunStarted;
            ended = happened as RunEnded ?? ended;
            if (document.Take(happened) is { } changed)
            {
                alternating?.Change(changed);
                TryWrite(now: happened is RunStarted or RunEnded or MethodStarted);
            }
        }
    }

    /// <inheritdoc/>
    public JsonObject Read(RunEnded end)
    {
        lock (gate)
        {
            alternating?.Change(document.Take(end)!.Value);
            using var text = new MemoryStream();
            document.CopyFinalTo(text, end);
            replacement = new JournalReplacement(end.Outcome);
            return (JsonObject)JournalJson.Parse(text.GetBuffer().AsSpan(0, (int)text.Length))!;
        }
    }

    /// <inheritdoc/>
    public JsonArray ReadEntries(RunPhase phase)
    {
        lock (gate)
        {
            return document.EntriesOf(phase)?.Read() ?? [];
        }
    }

    /// <inheritdoc/>
    public void ReplaceEntries(RunPhase phase, JsonArray entries)
    {
        lock (gate)
        {
            document.EntriesOf(phase)?.Replace(entries);
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
            alternating?.Dispose();
            output.Dispose();
            document.Dispose();
        }
    }

    private void WriteLate()
    {
        lock (gate)
        {
            if (pace.IsWaiting && ended is null && !isDisposed)
            {
                TryWrite(now: true);
            }
        }
    }

    private void TryWrite(bool now)
    {
        try
        {
            var length = document.Length;
            pace.Write(length, written + document.Reserved + (alternating?.Pending(length) ?? length), now);
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

        if (ended is null && alternating is not null && !RewritePace.IsSmall(document.Length))
        {
            alternating.Write((file, from) => Count(file, counted => document.CopyTo(counted, from)));
        }
        else
        {
            output.Write(file => Count(file, WriteWhole));
        }

        if (ended is not null)
        {
            alternating?.Dispose();
        }

        Failure = null;
    }

    private void WriteWhole(Stream file)
    {
        if (ended is null)
        {
            document.CopyTo(file, from: 0);
        }
        else if (replacement?.For(ended.Outcome, document.Ours) is { } journal)
        {
            file.Write(JournalJson.Text(journal));
        }
        else
        {
            document.CopyFinalTo(file, ended);
        }
    }

    private void Count(Stream file, Action<Stream> write)
    {
        using var counted = new CountedStream(file);
        try
        {
            write(counted);
        }
        finally
        {
            written += counted.Written;
        }
    }
}
