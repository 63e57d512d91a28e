using Turbulence.Platform.Files;

namespace Turbulence.Journals;

/// <summary>
/// Large texts that are finished and cannot be spooled yet, since something before them still goes on: they wait in a file without a name,
/// and not in memory. Where that file cannot be written they wait in memory after all.
/// </summary>
/// <param name="directory">Where the file would be.</param>
internal sealed class JournalAside(string directory) : IDisposable
{
    /// <summary>From how many bytes on a text is worth the way.</summary>
    public const int LargeBytes = 32 * 1024;

    private readonly MemoryStream recent = new();
    private NamelessFile? file;
    private long end;
    private int waiting;

    /// <summary>How many bytes were written to the disk, ever.</summary>
    public long Written { get; private set; }

    /// <summary>Puts a text aside; a large one is never in memory as a whole.</summary>
    /// <param name="write">Writes it; called a second time where it cannot be kept on the disk.</param>
    /// <returns>The text, until it is released.</returns>
    public JournalPiece Put(Action<Stream> write)
    {
        try
        {
            using var text = new Overflow(this);
            write(text);
            return text.Kept();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            using var text = new MemoryStream();
            write(text);
            return JournalPiece.InMemory(text.ToArray());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        file?.Dispose();
        recent.Dispose();
    }

    private void Write(ReadOnlySpan<byte> bytes, long at)
    {
        file ??= new NamelessFile(directory);
        file.Write(bytes, at);
        Written += bytes.Length;
    }

    private void Release()
    {
        if (--waiting == 0)
        {
            file!.Clear();
            end = 0;
        }
    }

    // Begins in memory.
    private sealed class Overflow(JournalAside aside) : SequentialStream
    {
        private readonly MemoryStream recent = Emptied(aside.recent);
        private readonly long start = aside.end;
        private long spilt;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            recent.Write(buffer);
            if (recent.Length >= LargeBytes)
            {
                Spill();
            }
        }

        public JournalPiece Kept()
        {
            if (spilt == 0)
            {
                return InMemory();
            }

            Spill();
            aside.end = start + spilt;
            aside.waiting++;
            return new InFile(aside, start, spilt);
        }

        private static MemoryStream Emptied(MemoryStream stream)
        {
            stream.SetLength(0);
            return stream;
        }

        private JournalPiece InMemory() => JournalPiece.InMemory(recent.ToArray());

        private void Spill()
        {
            aside.Write(recent.GetBuffer().AsSpan(0, (int)recent.Length), start + spilt);
            spilt += recent.Length;
            recent.SetLength(0);
        }
    }

    private sealed class InFile(JournalAside aside, long start, long length) : JournalPiece
    {
        private bool isReleased;

        public override long Length => length;

        public override void CopyTo(Stream target, long from) => aside.file!.CopyTo(target, start + from, length - from);

        public override void Release()
        {
            if (!isReleased)
            {
                isReleased = true;
                aside.Release();
            }
        }
    }
}
