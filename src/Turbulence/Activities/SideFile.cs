using Turbulence.Platform.Files;

namespace Turbulence.Activities;

/// <summary>
/// A file beside the journal for what an activity measures one by one, and what is therefore neither held in memory nor written into the
/// journal. Its provider writes to it, disposes of it, and names it in the activity's output. One that stays empty is removed.
/// </summary>
public sealed class SideFile : SequentialStream
{
    private const int BufferBytes = 64 * 1024;

    private readonly Stream target;
    private readonly Action removed;
    private bool isEmpty = true;
    private bool isDisposed;

    internal SideFile(string? name, Stream target, Action removed)
    {
        Name = name;
        this.target = new BufferedStream(target, BufferBytes);
        this.removed = removed;
    }

    /// <summary>
    /// Where it is, seen from the journal's folder: <c>journal.json.d/7-samples.jsonl</c>. Null where the run has no journal beside which
    /// it could be: nothing is kept then.
    /// </summary>
    public string? Name { get; }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        isEmpty &= buffer.IsEmpty;
        target.Write(buffer);
    }

    /// <inheritdoc/>
    public override void Flush() => target.Flush();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !isDisposed)
        {
            isDisposed = true;
            target.Dispose();
            if (isEmpty)
            {
                removed();
            }
        }

        base.Dispose(disposing);
    }
}
