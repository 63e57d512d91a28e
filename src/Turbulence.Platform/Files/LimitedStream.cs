namespace Turbulence.Platform.Files;

/// <summary>Writes to another stream, and has the errors of <see cref="GrowingFile"/>: the console's output may be a file.</summary>
internal sealed class LimitedStream(Stream inner) : SequentialStream
{
    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (ArgumentOutOfRangeException limit)
        {
            throw GrowingFile.TooLarge(limit);
        }
    }

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
