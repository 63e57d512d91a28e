using Turbulence.Platform.Files;

namespace Turbulence.Journals;

/// <summary>
/// Finished text of the journal, which is only ever added to. Beyond a size it is kept in a file without a name, which is gone with the
/// process however that ends; while the disk is full, in memory all the same.
/// </summary>
/// <param name="directory">Where the file would be.</param>
internal sealed class JournalSpool(string directory) : JournalPiece, IDisposable
{
    /// <summary>How many bytes are kept in memory.</summary>
    public const int MemoryBytes = 32 * 1024;

    private readonly MemoryStream recent = new();
    private NamelessFile? older;
    private long spilt;

    /// <inheritdoc/>
    public override long Length => recent.Length + spilt;

    /// <summary>How many bytes were written to the disk, ever.</summary>
    public long Written { get; private set; }

    /// <summary>Adds a text.</summary>
    public void Add(JournalPiece text)
    {
        using var end = new End(this);
        text.CopyTo(end, from: 0);
    }

    /// <summary>Adds a text.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        using var end = new End(this);
        end.Write(text);
    }

    /// <inheritdoc/>
    public override void CopyTo(Stream target, long from)
    {
        if (from < spilt)
        {
            older!.CopyTo(target, from, spilt - from);
        }

        var held = (int)Math.Max(0, from - spilt);
        target.Write(recent.GetBuffer().AsSpan(held, (int)recent.Length - held));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        older?.Dispose();
        recent.Dispose();
    }

    private void Spill()
    {
        try
        {
            older ??= new NamelessFile(directory);
            older.Write(recent.GetBuffer().AsSpan(0, (int)recent.Length), spilt);
            Written += recent.Length;
            spilt += recent.Length;
            recent.SetLength(0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It stays in memory, and is tried again with what comes next. Half of it on the disk is written over then.
        }
    }

    private sealed class End(JournalSpool spool) : SequentialStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            spool.recent.Write(buffer);
            if (spool.recent.Length > MemoryBytes)
            {
                spool.Spill();
            }
        }
    }
}
