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
    public void Advance(int count) => buffer.Advance(count);

    /// <inheritdoc />
    /// <exception cref="OutputTooLargeException">The limit is passed.</exception>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        // Here and not in Advance, which a writer that is disposed of calls once more for the same bytes.
        ThrowIfTooLarge();
        var free = buffer.GetMemory(sizeHint);
        return free[..Math.Min(free.Length, Math.Max(Math.Max(sizeHint, 1), limit + 1 - buffer.WrittenCount))];
    }

    /// <inheritdoc />
    /// <exception cref="OutputTooLargeException">The limit is passed.</exception>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>To be asked when everything is written.</summary>
    /// <exception cref="OutputTooLargeException">The limit is passed.</exception>
    public void ThrowIfTooLarge()
    {
        if (buffer.WrittenCount > limit)
        {
            throw new OutputTooLargeException();
        }
    }
}
