using Turbulence.Load.Histograms;

namespace Turbulence.Load.Comparisons;

/// <summary>The requests that were due in one part of a phase.</summary>
internal sealed class SeriesBlock
{
    /// <summary>How many there were.</summary>
    public long Requests { get; private set; }

    /// <summary>How many were lost.</summary>
    public long Lost { get; private set; }

    /// <summary>How long those took that were answered.</summary>
    public SparseHistogram Answered { get; } = new();

    /// <summary>Counts one that was lost.</summary>
    public void Lose() => (Requests, Lost) = (Requests + 1, Lost + 1);

    /// <summary>Counts one that was answered.</summary>
    /// <param name="latency">How long it took, in nanoseconds.</param>
    public void Answer(long latency)
    {
        Requests++;
        Answered.Add(latency);
    }

    /// <summary>Counts all of another.</summary>
    public void Add(SeriesBlock other)
    {
        (Requests, Lost) = (Requests + other.Requests, Lost + other.Lost);
        Answered.Add(other.Answered);
    }
}
