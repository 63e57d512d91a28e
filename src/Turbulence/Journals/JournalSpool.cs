using Turbulence.Platform.Files;

namespace Turbulence.Journals;

/// <summary>
/// The finished elements of one of the journal's arrays, as text. Elements are only ever added. Beyond a size they are
/// kept in a file without a name, which is gone with the process however that ends; while the disk is full, in memory all the same.
/// </summary>
/// <param name="directory">Where the file would be.</param>
/// <param name="depth">How deep the elements are indented, in steps of two spaces.</param>
internal sealed class JournalSpool(string directory, int depth) : IDisposable
{
    /// <summary>How many bytes are kept in memory.</summary>
    public const int MemoryBytes = 256 * 1024;

    private readonly MemoryStream recent = new();
    private readonly byte[] lineStart = [(byte)'\n', .. Enumerable.Repeat((byte)' ', depth * 2)];
    private FileStream? older;
    private long spilt;

    /// <summary>How many elements there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes of text there are.</summary>
    public long Length => recent.Length + spilt;

    /// <summary>Adds an element.</summary>
    public void Add(ReadOnlySpan<byte> element)
    {
        if (Count++ > 0)
        {
            recent.WriteByte((byte)',');
        }

        WriteElement(element, recent);
        if (recent.Length > MemoryBytes)
        {
            Spill();
        }
    }

    /// <summary>Writes all elements, with the commas between them, to <paramref name="target"/>.</summary>
    public void CopyTo(Stream target)
    {
        if (older is not null)
        {
            var chunk = new byte[64 * 1024];
            for (long at = 0; at < spilt;)
            {
                var read = RandomAccess.Read(older.SafeFileHandle, chunk.AsSpan(0, (int)Math.Min(chunk.Length, spilt - at)), at);
                if (read == 0)
                {
                    throw new IOException("what was kept of the journal is gone from the disk");
                }

                target.Write(chunk.AsSpan(0, read));
                at += read;
            }
        }

        recent.WriteTo(target);
    }

    /// <summary>Writes one element on a line of its own, indented.</summary>
    public void WriteElement(ReadOnlySpan<byte> element, Stream target)
    {
        target.Write(lineStart);
        while (true)
        {
            // A line feed inside a JSON text is escaped, so each one here begins a line of the layout.
            var end = element.IndexOf((byte)'\n');
            if (end < 0)
            {
                target.Write(element);
                return;
            }

            target.Write(element[..end]);
            target.Write(lineStart);
            element = element[(end + 1)..];
        }
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
            older ??= Nameless(directory);
            GrowingFile.Write(older.SafeFileHandle, recent.GetBuffer().AsSpan(0, (int)recent.Length), spilt);
            spilt += recent.Length;
            recent.SetLength(0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It stays in memory, and is tried again with the next element. Half of it on the disk is written over then.
        }
    }

    /// <summary>A new file in <paramref name="directory"/> that is gone with the process however that ends.</summary>
    public static FileStream Nameless(string directory)
    {
        var path = Path.Combine(directory, $".journal-{Guid.NewGuid():n}.spool");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = GrowingFile.Open(path, options);
        if (!OperatingSystem.IsWindows())
        {
            // Without a name from the beginning, it needs no closing to be gone.
            File.Delete(path);
        }

        return file;
    }
}
