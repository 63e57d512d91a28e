using Turbulence.Load.Comparisons;
using Turbulence.Load.Histograms;
using Turbulence.Load.Outcomes;

namespace Turbulence.Load.Meters;

/// <summary>What became of the requests of one part of the load: before a fault, while it was in, or after it.</summary>
/// <param name="names">The outcomes.</param>
/// <param name="begun">When it began, in nanoseconds from the beginning of the load.</param>
internal sealed class MeterPhase(OutcomeNames names, long begun = 0)
{
    private readonly long[] counts = new long[names.All.Count];

    /// <summary>How many there were, without those that were cancelled.</summary>
    public long Count { get; private set; }

    /// <summary>How many were lost.</summary>
    public long Lost { get; private set; }

    /// <summary>How long those took that were answered.</summary>
    public LatencyHistogram Answered { get; } = new();

    /// <summary>The same in the order of time.</summary>
    public PhaseSeries Series { get; private init; } = new(begun);

    /// <summary>How many ended how.</summary>
    public IReadOnlyList<long> Counts => counts;

    /// <summary>The class that most answers were of; -1 where there was none.</summary>
    public int MainClass
    {
        get
        {
            var main = -1;
            for (var place = 0; place < names.Classes.Count; place++)
            {
                main = counts[place] > (main < 0 ? 0 : counts[main]) ? place : main;
            }

            return main;
        }
    }

    /// <summary>Counts one.</summary>
    public void Add(in LoadSample sample)
    {
        if (sample.Outcome == RequestOutcome.Cancelled)
        {
            return;
        }

        counts[names.PlaceOf(sample)]++;
        Count++;
        Series.Add(sample);
        if (sample.IsLost)
        {
            Lost++;
        }
        else
        {
            Answered.Add(sample.Latency);
        }
    }

    /// <summary>The same once more, which is changed by itself.</summary>
    public MeterPhase Copy()
    {
        var copy = new MeterPhase(names) { Series = Series.Copy(), Count = Count, Lost = Lost };
        counts.CopyTo(copy.counts, 0);
        copy.Answered.Add(Answered);
        return copy;
    }
}
