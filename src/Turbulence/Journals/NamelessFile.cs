using System.Buffers;
using Turbulence.Platform.Files;

namespace Turbulence.Journals;

/// <summary>A file that has no name, which is gone with the process however that ends: for text that need not be held in memory.</summary>
internal sealed class NamelessFile : IDisposable
{
    private const int ChunkBytes = 64 * 1024;

    private readonly FileStream file;

    /// <summary>Makes it.</summary>
    /// <param name="directory">Where it would be.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public NamelessFile(string directory)
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

        file = GrowingFile.Open(path, options);
        if (!OperatingSystem.IsWindows())
        {
            // Without a name from the beginning, it needs no closing to be gone.
            File.Delete(path);
        }
    }

    /// <summary>Writes at a place of it.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Write(ReadOnlySpan<byte> bytes, long at) => GrowingFile.Write(file.SafeFileHandle, bytes, at);

    /// <summary>Copies a part of it.</summary>
    /// <exception cref="IOException">It is not there any more, or <paramref name="target"/> cannot be written.</exception>
    public void CopyTo(Stream target, long at, long length)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            for (var end = at + length; at < end;)
            {
                var read = RandomAccess.Read(file.SafeFileHandle, chunk.AsSpan(0, (int)Math.Min(chunk.Length, end - at)), at);
                if (read == 0)
                {
                    throw new IOException("what was kept of the journal is gone from the disk");
                }

                target.Write(chunk.AsSpan(0, read));
                at += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    /// <summary>Nothing in it is needed any more.</summary>
    public void Clear() => GrowingFile.SetLength(file.SafeFileHandle, 0);

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
