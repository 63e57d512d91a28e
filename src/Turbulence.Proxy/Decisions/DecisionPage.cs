namespace Turbulence.Proxy.Decisions;

/// <summary>The receipts of one loop that are not written yet. The loop adds to it; who writes takes all of them at once.</summary>
internal sealed class DecisionPage
{
    private const int Least = 64 << 10;

    // About forty thousand receipts; a disk that takes them no faster is not to fill the memory.
    private const int Most = 8 << 20;

    private readonly Lock gate = new();
    private byte[] bytes = [];
    private byte[] spare = [];
    private int length;
    private int lines;
    private long lost;

    /// <summary>Room for a line; empty where there is none, and then it is lost. <see cref="Add"/> ends it.</summary>
    public delegate int Writing<TState>(Span<byte> memory, in TState state)
        where TState : allows ref struct;

    /// <summary>Adds a line.</summary>
    /// <param name="most">How long it can be.</param>
    /// <param name="writing">Writes it, and says how long it is.</param>
    /// <param name="state">What it is written from.</param>
    /// <returns>Whether it is the first one since they were taken.</returns>
    public bool Add<TState>(int most, Writing<TState> writing, in TState state)
        where TState : allows ref struct
    {
        lock (gate)
        {
            var isFirst = length == 0 && lost == 0;
            if (length + most > bytes.Length && !Grow(most))
            {
                lost++;
                return isFirst;
            }

            length += writing(bytes.AsSpan(length), state);
            lines++;
            return isFirst;
        }
    }

    /// <summary>Takes all lines; the memory is good until the next time.</summary>
    public (ReadOnlyMemory<byte> Bytes, int Lines, long Lost) Take()
    {
        lock (gate)
        {
            var taken = (new ReadOnlyMemory<byte>(bytes, 0, length), lines, lost);
            (bytes, spare) = (spare, bytes);
            (length, lines, lost) = (0, 0, 0);
            return taken;
        }
    }

    private bool Grow(int most)
    {
        if (length + most > Most)
        {
            return false;
        }

        Array.Resize(ref bytes, Math.Min(Most, Math.Max(Least, Math.Max(length + most, bytes.Length * 2))));
        return true;
    }
}
