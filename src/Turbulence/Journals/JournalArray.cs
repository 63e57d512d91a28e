using Turbulence.Json;

namespace Turbulence.Journals;

/// <summary>
/// One of the journal's arrays, its brackets included, as text. Its elements stand in the order in which they were added. What ended, and
/// stands before nothing that may still change, is finished and goes to the spool.
/// </summary>
/// <param name="directory">Where the files of what is not held in memory would be.</param>
/// <param name="depth">How deep the array is indented, in steps of two spaces.</param>
internal sealed class JournalArray(string directory, int depth) : JournalPiece, IDisposable
{
    private readonly JournalSpool finished = new(directory);
    private readonly JournalAside aside = new(directory);
    private readonly List<Element> waiting = [];
    private readonly byte[] first = IndentedStream.LineStart(depth + 1);
    private readonly byte[] next = [(byte)',', .. IndentedStream.LineStart(depth + 1)];
    private readonly byte[] closing = [.. IndentedStream.LineStart(depth), (byte)']'];

    /// <summary>How many elements there are.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public override long Length => End + Closing.Length;

    /// <summary>How many bytes were written to the disk, ever, to keep them out of memory.</summary>
    public long Written => finished.Written + aside.Written;

    /// <summary>How many may have been written so by the time that all of it is finished.</summary>
    public long Reserved => Length + aside.Written;

    private long FinishedEnd => 1 + finished.Length;

    // Where the next element begins.
    private long End => waiting.Count == 0 ? FinishedEnd : waiting[^1].End;

    private ReadOnlySpan<byte> Closing => Count == 0 ? "]"u8 : closing;

    /// <summary>Adds an element that may still change.</summary>
    /// <param name="id">Names it.</param>
    /// <param name="write">Writes its text.</param>
    /// <returns>The first byte of the array that has changed.</returns>
    public long Begin(long id, Action<Stream> write)
    {
        Finish();
        var at = End;
        var isFirst = Count++ == 0;
        waiting.Add(new Element(id, isFirst, Kept(isFirst, write), IsEnded: false, at));
        return at;
    }

    /// <summary>
    /// Puts another text in the place of an element's, which ends it. It may still be put another one there as long as it waits.
    /// </summary>
    /// <param name="id">Names it.</param>
    /// <param name="write">Writes its text.</param>
    /// <returns>The first byte of the array that has changed; null where it is not here, or is finished.</returns>
    public long? Change(long id, Action<Stream> write)
    {
        // From behind: what ends has mostly just begun.
        var place = waiting.FindLastIndex(element => element.Id == id);
        if (place < 0)
        {
            return null;
        }

        var former = waiting[place];
        former.Text.Release();
        var changed = former with { Text = Kept(former.IsFirst, write), IsEnded = true };
        waiting[place] = changed;
        for (var i = place + 1; changed.End != former.End && i < waiting.Count; i++)
        {
            waiting[i] = waiting[i] with { At = waiting[i - 1].End };
        }

        return former.At;
    }

    /// <summary>Adds an element that is finished.</summary>
    /// <returns>The first byte of the array that has changed.</returns>
    public long Add(Action<Stream> write)
    {
        var at = Begin(0, write);
        waiting[^1] = waiting[^1] with { IsEnded = true };
        Finish();
        return at;
    }

    /// <inheritdoc/>
    public override void CopyTo(Stream target, long from)
    {
        if (from == 0)
        {
            target.WriteByte((byte)'[');
        }

        if (from < FinishedEnd)
        {
            finished.CopyTo(target, Math.Max(0, from - 1));
        }

        for (var i = FirstEndingAfter(from); i < waiting.Count; i++)
        {
            waiting[i].Text.CopyTo(target, Math.Max(0, from - waiting[i].At));
        }

        target.Write(Closing[(int)Math.Max(0, from - End)..]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        finished.Dispose();
        aside.Dispose();
    }

    private JournalPiece Kept(bool isFirst, Action<Stream> write) => aside.Put(text =>
    {
        text.Write(isFirst ? first : next);
        using var indented = new IndentedStream(text, depth + 1);
        write(indented);
    });

    private int FirstEndingAfter(long from)
    {
        var (low, high) = (0, waiting.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = waiting[middle].End > from ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private void Finish()
    {
        var count = waiting.FindIndex(static element => !element.IsEnded);
        count = count < 0 ? waiting.Count : count;
        for (var i = 0; i < count; i++)
        {
            finished.Add(waiting[i].Text);
            waiting[i].Text.Release();
        }

        waiting.RemoveRange(0, count);
    }

    private readonly record struct Element(long Id, bool IsFirst, JournalPiece Text, bool IsEnded, long At)
    {
        public long End => At + Text.Length;
    }
}
