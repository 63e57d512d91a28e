using System.Buffers;

namespace Turbulence.Platform.Processes;

/// <summary>Keeps the first bytes of an output and counts the rest.</summary>
/// <remarks>In pieces that are never copied: one buffer that grows leaves as much again behind for the garbage collector.</remarks>
internal sealed class CaptureBuffer(int limit)
{
    // Below what .NET keeps apart as large objects, which are collected late.
    private const int PieceBytes = 64 * 1024;
    private const int SmallestBytes = 256;

    private readonly Lock gate = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Piece? first;
    private Piece? last;
    private int count;
    private long total;
    private bool taken;

    /// <summary>Ends when the output ends.</summary>
    public Task Ended => ended.Task;

    public void Append(ReadOnlySpan<byte> more)
    {
        lock (gate)
        {
            if (taken)
            {
                return;
            }

            total += more.Length;
            more = more[..Math.Min(more.Length, limit - count)];
            count += more.Length;
            while (!more.IsEmpty)
            {
                if (last is null or { Room: 0 })
                {
                    // Most outputs are a line or two, and some of them come byte by byte.
                    var size = Math.Clamp(Math.Max(more.Length, count), SmallestBytes, PieceBytes);
                    last = last is null ? first = new Piece(size, 0) : last.Follow(size);
                }

                more = more[last.Fill(more)..];
            }
        }
    }

    public void End() => ended.TrySetResult();

    /// <summary>What was kept so far; nothing is kept from now on.</summary>
    public CapturedOutput Take()
    {
        lock (gate)
        {
            taken = true;
            var content = first is null ? default : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
            return new CapturedOutput(content, total, Ended.IsCompleted);
        }
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        private readonly byte[] bytes;

        public Piece(int size, long start)
        {
            bytes = GC.AllocateUninitializedArray<byte>(size);
            RunningIndex = start;
        }

        public int Room => bytes.Length - Memory.Length;

        public int Fill(ReadOnlySpan<byte> more)
        {
            var (held, count) = (Memory.Length, Math.Min(more.Length, Room));
            more[..count].CopyTo(bytes.AsSpan(held));
            Memory = bytes.AsMemory(0, held + count);
            return count;
        }

        public Piece Follow(int size)
        {
            var next = new Piece(size, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
