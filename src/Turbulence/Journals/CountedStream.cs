using Turbulence.Platform.Files;

namespace Turbulence.Journals;

/// <summary>Counts what is written through it.</summary>
internal sealed class CountedStream(Stream target) : SequentialStream
{
    /// <summary>How many bytes were written.</summary>
    public long Written { get; private set; }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        target.Write(buffer);
        Written += buffer.Length;
    }
}
