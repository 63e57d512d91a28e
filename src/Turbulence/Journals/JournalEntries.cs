using System.Text.Json.Nodes;
using Turbulence.Running;

namespace Turbulence.Journals;

/// <summary>
/// The activities of the method or of the rollbacks, in the order in which they started. What ended, and stands before
/// nothing that still runs, is finished and goes to the spool.
/// </summary>
/// <param name="directory">Where the spool's file would be.</param>
internal sealed class JournalEntries(string directory) : IDisposable
{
    private readonly List<(long Id, Func<byte[]> Text, bool Ended)> waiting = [];
    private readonly JournalAside aside = new(directory);
    private readonly List<long> order = [];
    private readonly Dictionary<int, byte[]> amended = [];
    private JsonArray? replacement;

    private JournalSpool Finished { get; } = new(directory, depth: 2);

    /// <summary>How many bytes of finished text there are.</summary>
    public long Length => Finished.Length;

    /// <summary>Adds the entry of an activity that began.</summary>
    public bool Begin(ActivityRun run)
    {
        // Not before: a control may still change the entry of what has just ended.
        Finish();
        order.Add(run.Id);
        var text = JournalJson.Text(run);
        waiting.Add((run.Id, () => text, false));
        return true;
    }

    /// <summary>Brings the entry of an activity to its end.</summary>
    public bool End(ActivityRun run)
    {
        var place = waiting.FindIndex(entry => entry.Id == run.Id);
        if (place < 0)
        {
            return false;
        }

        waiting[place] = (run.Id, aside.Put(JournalJson.Text(run)), true);
        return true;
    }

    /// <summary>Puts another text in the place of the entry of an activity that has ended.</summary>
    public bool Amend(ActivityRun run)
    {
        var place = waiting.FindIndex(entry => entry.Id == run.Id);
        if (place >= 0)
        {
            waiting[place] = (run.Id, aside.Put(JournalJson.Text(run)), true);
        }
        else
        {
            amended[order.IndexOf(run.Id)] = JournalJson.Text(run);
        }

        return true;
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
        new JournalText(text).Array(Finished, waiting.Select(entry => entry.Text()));
        var entries = (JsonArray)JournalJson.Parse(text.GetBuffer().AsSpan(0, (int)text.Length))!;
        foreach (var (place, entry) in amended)
        {
            entries[place] = JournalJson.Parse(entry);
        }

        return entries;
    }

    /// <summary>Writes the entries.</summary>
    /// <param name="text">Receives them.</param>
    /// <param name="final">
    /// Whether they are taken apart where one that was finished has changed. While the run goes on that would take too long.
    /// </param>
    public void WriteTo(JournalText text, bool final)
    {
        if (final && (amended.Count > 0 || replacement is not null))
        {
            text.Value(JournalJson.Text(Read()));
        }
        else
        {
            text.Array(Finished, waiting.Select(entry => entry.Text()));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Finished.Dispose();
        aside.Dispose();
    }

    private void Finish()
    {
        var finished = waiting.FindIndex(entry => !entry.Ended);
        finished = finished < 0 ? waiting.Count : finished;
        for (var i = 0; i < finished; i++)
        {
            Finished.Add(waiting[i].Text());
        }

        waiting.RemoveRange(0, finished);
        if (waiting.TrueForAll(static entry => !entry.Ended))
        {
            aside.Clear();
        }
    }
}
