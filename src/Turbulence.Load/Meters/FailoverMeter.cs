using Turbulence.Load.Outcomes;

namespace Turbulence.Load.Meters;

/// <summary>
/// Says what each fault cost the users, from the stream of requests alone. It keeps counts and no requests, so that its memory does not
/// grow with the load. It is told of faults on any thread, at moments of the load's own clock.
/// </summary>
/// <param name="names">The outcomes of the load.</param>
public sealed class FailoverMeter(OutcomeNames names) : ILoadSink
{
    /// <summary>How many faults are looked at, the first ones; the others are counted.</summary>
    public const int MostFaults = 100;

    private readonly Lock gate = new();
    private readonly List<FaultMeter> faults = [];
    private readonly MeterPhase quiet = new(names);
    private long first = -1;
    private long last;
    private long count;
    private long lastUndo;
    private int leftOut;

    /// <summary>How many faults were not looked at, since there were more than <see cref="MostFaults"/>.</summary>
    public int LeftOut
    {
        get
        {
            lock (gate)
            {
                return leftOut;
            }
        }
    }

    /// <summary>What each fault has cost until now, in the order in which they began.</summary>
    public IReadOnlyList<FaultCost> Costs
    {
        get
        {
            lock (gate)
            {
                return [.. faults.Select(fault => fault.Cost(Sampling))];
            }
        }
    }

    private double Sampling => count > 1 ? (double)(last - first) / (count - 1) : 0;

    /// <inheritdoc/>
    public void Add(in LoadSample sample)
    {
        lock (gate)
        {
            first = first < 0 ? sample.Due : Math.Min(first, sample.Due);
            last = Math.Max(last, sample.Due);
            count++;
            foreach (var fault in faults)
            {
                fault.Add(sample);
            }

            if (faults.Count == 0 || (faults.TrueForAll(static fault => fault.IsUndone) && sample.Due >= lastUndo))
            {
                quiet.Add(sample);
            }
        }
    }

    /// <summary>A fault begins to be put in.</summary>
    /// <param name="fault">Its id.</param>
    /// <param name="at">When, in nanoseconds from the beginning of the load.</param>
    public void Begin(string fault, long at)
    {
        lock (gate)
        {
            if (faults.Exists(known => known.Fault == fault))
            {
                return;
            }

            var begun = new FaultMeter(fault, at, quiet.Copy(), names, Sampling);
            foreach (var earlier in faults)
            {
                if (earlier.IsUndone)
                {
                    earlier.Close();
                    continue;
                }

                earlier.Overlap(fault);
                begun.Overlap(earlier.Fault);
            }

            // What is left out ends what is told of the ones before it all the same.
            if (faults.Count >= MostFaults)
            {
                leftOut++;
                return;
            }

            faults.Add(begun);
        }
    }

    /// <summary>A fault has been taken back.</summary>
    /// <param name="fault">Its id.</param>
    /// <param name="at">When, in nanoseconds from the beginning of the load.</param>
    public void End(string fault, long at)
    {
        lock (gate)
        {
            faults.Find(known => known.Fault == fault)?.Undo(at);
            lastUndo = Math.Max(lastUndo, at);
        }
    }
}
