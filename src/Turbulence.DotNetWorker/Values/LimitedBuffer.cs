using System.Buffers;

namespace Turbulence.DotNetWorker.Values;

/// <summary>Memory that grows up to a limit, so that a sequence without an end does not take all of it.</summary>
/// <param name="limit">The most bytes.</param>
internal sealed class LimitedBuffer(int limit) : IBufferWriter<byte>
{
    private readonly ArrayBufferWriter<byte> buffer = new(256);

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => buffer.WrittenMemory;

    /// <inheritdoc />
    public void Advance(int count)
    {
        buffer.Advance(count);
        if (buffer.WrittenCount > limit)
        {
            throw new OutputTooLargeException();
        }
    }

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0) => buffer.GetMemory(sizeHint);

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0) => buffer.GetSpan(sizeHint);
}
