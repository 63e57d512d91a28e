namespace Turbulence.Platform.Files;

/// <summary>The stream of <see cref="GrowingFile"/>.</summary>
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
            throw GrowingFile.TooLarge(limit);
        }
    }

    /// <inheritdoc/>
    public override void SetLength(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        try
        {
            base.SetLength(value);
        }
        catch (ArgumentOutOfRangeException limit)
        {
            throw GrowingFile.TooLarge(limit);
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
            throw GrowingFile.TooLarge(limit);
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
            throw GrowingFile.TooLarge(limit);
        }
    }
}
