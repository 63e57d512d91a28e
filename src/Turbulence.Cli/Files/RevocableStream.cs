namespace Turbulence.Cli.Files;

/// <summary>Passes on what is written to it until somebody has given up, and refuses the rest.</summary>
/// <param name="inner">Takes it; not disposed of.</param>
/// <param name="giveUp">Cancelled when nobody wants it any more.</param>
internal sealed class RevocableStream(Stream inner, CancellationToken giveUp) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">Somebody has given up.</exception>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">Somebody has given up.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        giveUp.ThrowIfCancellationRequested();
        inner.Write(buffer);
        giveUp.ThrowIfCancellationRequested();
    }
}
