namespace Turbulence.Platform.Files;

/// <summary>
/// A file whose owner may be limited in the size of files (<c>ulimit -f</c>). .NET reports that, EFBIG, as a wrong argument; here it is an error of the file, like a
/// full disk, so that whoever is ready for the one is ready for the other.
/// </summary>
internal sealed class LimitedFileStream(string path, FileStreamOptions options) : FileStream(path, options)
{
    // Of a derived FileStream this is the one write that every other comes down to.
    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            base.Write(buffer, offset, count);
        }
        catch (ArgumentOutOfRangeException limit)
        {
            throw TooLarge(limit);
        }
    }

    /// <inheritdoc/>
    public override void Flush(bool flushToDisk)
    {
        try
        {
            base.Flush(flushToDisk);
        }
        catch (ArgumentOutOfRangeException limit)
        {
            throw TooLarge(limit);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        try
        {
            base.Dispose(disposing);
        }
        catch (ArgumentOutOfRangeException limit)
        {
            throw TooLarge(limit);
        }
    }

    private static IOException TooLarge(ArgumentOutOfRangeException limit) => new("the file would be larger than this process may write (ulimit -f)", limit);
}
