using Turbulence.Platform.Files;

namespace Turbulence.Cli.Files;

/// <summary>Passes on what is written to it until somebody has given up, and refuses the rest.</summary>
/// <param name="inner">Takes it; not disposed of.</param>
/// <param name="giveUp">Cancelled when nobody wants it any more.</param>
internal sealed class RevocableStream(Stream inner, CancellationToken giveUp) : SequentialStream
{
    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">Somebody has given up.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        giveUp.ThrowIfCancellationRequested();
        inner.Write(buffer);
        giveUp.ThrowIfCancellationRequested();
    }
}
