using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Json;

namespace Turbulence.Journals;

/// <summary>The activities of the method or of the rollbacks, in the order in which they started.</summary>
/// <param name="directory">Where the files of what is not held in memory would be.</param>
internal sealed class JournalEntries(string directory) : JournalPiece, IDisposable
{
    private const int Depth = 1;

    private readonly JournalArray entries = new(directory, Depth);
    private readonly List<long> order = [];
    private readonly Dictionary<int, byte[]> amended = [];
    private JsonArray? replacement;

    /// <inheritdoc/>
    public override long Length => entries.Length;

    /// <summary>How many bytes were written to the disk, ever, to keep them out of memory.</summary>
    public long Written => entries.Written;

    /// <summary>How many may have been written so by the time that all of it is finished.</summary>
    public long Reserved => entries.Reserved;

    /// <summary>Adds the entry of an activity that began.</summary>
    /// <returns>The first byte that has changed.</returns>
    public long Begin(ActivityRun run)
    {
        order.Add(run.Id);
        return entries.Begin(run.Id, text => JournalJson.Write(text, run));
    }

    /// <summary>Brings the entry of an activity to its end.</summary>
    /// <returns>The first byte that has changed; null where there is no such entry.</returns>
    public long? End(ActivityRun run) => entries.Change(run.Id, text => JournalJson.Write(text, run));

    /// <summary>Puts another text in the place of the entry of an activity that has ended.</summary>
    /// <returns>The first byte that has changed; null where that is left for the end.</returns>
    public long? Amend(ActivityRun run)
    {
        if (End(run) is { } place)
        {
            return place;
        }

        amended[order.IndexOf(run.Id)] = JournalJson.Text(run);
        return null;
    }

    /// <summary>Puts other entries in the place of all so far.</summary>
    public void Replace(JsonArray entries) => replacement = entries;

    /// <summary>The entries as values of their own.</summary>
    public JsonArray Read()
    {
        if (replacement is not null)
        {
            return (JsonArray)replacement.DeepClone();
        }

        using var text = new MemoryStream();
        entries.CopyTo(text, from: 0);
        var read = (JsonArray)JournalJson.Parse(text.GetBuffer().AsSpan(0, (int)text.Length))!;
        foreach (var (place, entry) in amended)
        {
            read[place] = JournalJson.Parse(entry);
        }

        return read;
    }

    /// <inheritdoc/>
    public override void CopyTo(Stream target, long from) => entries.CopyTo(target, from);

    /// <summary>
    /// Writes the entries as they are at the end: taken apart where one that was finished has changed. While the run goes on that would
    /// take too long.
    /// </summary>
    public void CopyFinalTo(Stream target)
    {
        if (amended.Count == 0 && replacement is null)
        {
            entries.CopyTo(target, from: 0);
            return;
        }

        using var indented = new IndentedStream(target, Depth);
        indented.Write(JournalJson.Text(Read()));
    }

    /// <inheritdoc/>
    public void Dispose() => entries.Dispose();
}
