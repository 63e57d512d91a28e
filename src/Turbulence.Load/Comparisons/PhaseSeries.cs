using Turbulence.Load.Outcomes;

namespace Turbulence.Load.Comparisons;

/// <summary>
/// The requests of a phase in the order of time: in parts of a tenth of a second, which are twice as long each time there would be more
/// than 64 of them. So its memory does not grow with the phase, and what follows on what is still to be seen in it.
/// </summary>
/// <param name="origin">
/// When the phase began, in nanoseconds from the beginning of the load. What was due before it, and is of it all the same, is in its first
/// part.
/// </param>
internal sealed class PhaseSeries(long origin)
{
    private const int Most = 64;

    private readonly SeriesBlock?[] blocks = new SeriesBlock?[Most];
    private long width = 100_000_000;

    /// <summary>The parts in which requests were due, in their order.</summary>
    public IReadOnlyList<SeriesBlock> Blocks => [.. blocks.OfType<SeriesBlock>()];

    /// <summary>Counts a request, which was answered or lost.</summary>
    public void Add(in LoadSample sample)
    {
        var after = Math.Max(0, sample.Due - origin);
        while (after / width >= Most)
        {
            Widen();
        }

        var block = blocks[after / width] ??= new SeriesBlock();
        if (sample.IsLost)
        {
            block.Lose();
        }
        else
        {
            block.Answer(sample.Latency);
        }
    }

    /// <summary>The same once more, which is changed by itself.</summary>
    public PhaseSeries Copy()
    {
        var copy = new PhaseSeries(origin) { width = width };
        for (var i = 0; i < Most; i++)
        {
            if (blocks[i] is { } block)
            {
                (copy.blocks[i] = new SeriesBlock()).Add(block);
            }
        }

        return copy;
    }

    private void Widen()
    {
        for (var i = 0; i < Most; i++)
        {
            var first = i * 2 < Most ? blocks[i * 2] : null;
            if (i * 2 < Most && blocks[(i * 2) + 1] is { } second)
            {
                if (first is null)
                {
                    first = second;
                }
                else
                {
                    first.Add(second);
                }
            }

            blocks[i] = first;
        }

        width *= 2;
    }
}
