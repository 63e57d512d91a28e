namespace Turbulence.Journals;

/// <summary>
/// Large texts that are finished and cannot be spooled yet, since something before them still goes on: they wait in a file without a name, and not in memory. Where
/// that file cannot be written they wait in memory after all.
/// </summary>
/// <param name="directory">Where the file would be.</param>
internal sealed class JournalAside(string directory) : IDisposable
{
    /// <summary>From how many bytes on a text is worth the way.</summary>
    public const int LargeBytes = 64 * 1024;

    private FileStream? file;

    /// <summary>Puts <paramref name="text"/> aside.</summary>
    /// <returns>Brings it back.</returns>
    public Func<byte[]> Put(byte[] text)
    {
        if (text.Length < LargeBytes)
        {
            return InMemory(text);
        }

        try
        {
            file ??= JournalSpool.Nameless(directory);
            var offset = file.Length;
            file.Seek(0, SeekOrigin.End);
            file.Write(text);
            file.Flush();
            return InFile(offset, text.Length);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return InMemory(text);
        }
    }

    /// <summary>Nothing that was put aside is needed any more.</summary>
    public void Clear()
    {
        if (file is { Length: > 0 })
        {
            file.SetLength(0);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    // Two methods, since closures of one method share what they hold on to.
    private static Func<byte[]> InMemory(byte[] text) => () => text;

    private Func<byte[]> InFile(long offset, int length) => () =>
    {
        var text = new byte[length];
        file!.Seek(offset, SeekOrigin.Begin);
        file.ReadExactly(text);
        return text;
    };
}
