using Turbulence.Running;

namespace Turbulence.Journals;

/// <summary>
/// The activities of the method or of the rollbacks, in the order in which they started. What ended, and stands before
/// nothing that still runs, is finished and goes to the spool.
/// </summary>
/// <param name="directory">Where the spool's file would be.</param>
internal sealed class JournalEntries(string directory) : IDisposable
{
    private readonly List<(long Id, byte[] Text, bool Ended)> waiting = [];

    /// <summary>The entries that do not change any more.</summary>
    public JournalSpool Finished { get; } = new(directory, depth: 2);

    /// <summary>The entries that follow them.</summary>
    public IEnumerable<byte[]> Unfinished => waiting.Select(entry => entry.Text);

    /// <summary>How many bytes of finished text there are.</summary>
    public long Length => Finished.Length;

    /// <summary>Adds the entry of an activity that began.</summary>
    public bool Begin(ActivityRun run)
    {
        waiting.Add((run.Id, JournalJson.Text(run), false));
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

        waiting[place] = (run.Id, JournalJson.Text(run), true);
        var finished = waiting.FindIndex(entry => !entry.Ended);
        finished = finished < 0 ? waiting.Count : finished;
        for (var i = 0; i < finished; i++)
        {
            Finished.Add(waiting[i].Text);
        }

        waiting.RemoveRange(0, finished);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => Finished.Dispose();
}
