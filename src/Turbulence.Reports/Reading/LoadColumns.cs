using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>What is told of a load on its way, one after the other, as columns.</summary>
internal sealed class LoadColumns
{
    // What comes further behind the last than ten minutes is no gap, but a mistake.
    private const int WidestGap = 6_000;

    private readonly List<long> requests = [];
    private readonly List<long> lost = [];
    private readonly List<double> longest = [];
    private readonly List<double> at = [];
    private readonly List<long> requestsSoFar = [];
    private readonly List<long> lostSoFar = [];
    private readonly List<double> p50 = [];
    private readonly List<double> p99 = [];
    private double first;
    private double width;

    /// <summary>The parts; null for none.</summary>
    public LoadParts? Parts => requests.Count == 0 ? null : new LoadParts(width, first / 1000, requests, lost, longest);

    /// <summary>What was told; null for nothing.</summary>
    public LoadProgress? Progress => at.Count == 0 ? null : new LoadProgress(at, requestsSoFar, lostSoFar, p50, p99);

    /// <summary>
    /// When the load began, in seconds from the start of the run: a part is told when it is over, and the first time that one is told at
    /// once is the nearest. Null for no parts.
    /// </summary>
    public double? Begin { get; private set; }

    /// <summary>Adds parts. Those that are left out between them were without requests.</summary>
    public void AddParts(double from, double each, List<long> some, List<long> someLost, List<double> someLongest)
    {
        if (each <= 0 || (requests.Count > 0 && each != width))
        {
            return;
        }

        if (requests.Count == 0)
        {
            (first, width) = (from, each);
        }

        var gap = Math.Round((from - first) / width) - requests.Count;
        if (gap is < 0 or > WidestGap)
        {
            return;
        }

        for (var i = 0; i < gap; i++)
        {
            Add(0, 0, 0);
        }

        for (var i = 0; i < some.Count; i++)
        {
            Add(some[i], i < someLost.Count ? someLost[i] : 0, i < someLongest.Count ? someLongest[i] : 0);
        }
    }

    /// <summary>Takes what was told by then.</summary>
    public void Tell(double when, long? soFar, long? lostThen, double? half, double? most)
    {
        at.Add(when);
        requestsSoFar.Add(soFar ?? 0);
        lostSoFar.Add(lostThen ?? 0);
        p50.Add(half ?? double.NaN);
        p99.Add(most ?? double.NaN);
        if (requests.Count > 0)
        {
            var begin = when - ((first + (requests.Count * width)) / 1000);
            Begin = Begin is { } known ? Math.Min(known, begin) : begin;
        }
    }

    private void Add(long some, long someLost, double someLongest)
    {
        requests.Add(some);
        lost.Add(someLost);
        longest.Add(someLongest);
    }
}
