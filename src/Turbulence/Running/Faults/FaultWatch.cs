using Turbulence.Running.Events;

namespace Turbulence.Running.Faults;

/// <summary>Listens to the keeper of the faults: passes its news on as events, and knows how each fault stands.</summary>
internal sealed class FaultWatch(RunEvents events)
{
    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, FaultReport> faults = [];

    /// <summary>How often a fault was taken back so far. Who has seen the system at one count has not seen it at the next.</summary>
    public int Reverts { get; private set; }

    /// <summary>Every fault of the run as it stands now, in the order in which they were planned.</summary>
    public IReadOnlyList<FaultReport> All
    {
        get
        {
            lock (gate)
            {
                return [.. faults.Values];
            }
        }
    }

    /// <summary>Takes the news of a fault.</summary>
    public void Take(FaultReport fault)
    {
        // Told under the lock: of two steps of one fault the later one must not be told first.
        lock (gate)
        {
            faults.TryGetValue(fault.Id, out var known);
            if (known is not null && IsSame(known, fault))
            {
                return;
            }

            var before = known?.Progress ?? FaultProgress.Planned;
            if (before is > FaultProgress.Planned and < FaultProgress.Reverted && fault.Progress >= FaultProgress.Reverted && !fault.IsIrreversible)
            {
                Reverts++;
            }

            faults[fault.Id] = fault;
            events.Publish(new FaultChanged(events.Now, fault, before));
        }
    }

    // Who takes a fault back, and who looks once more at the end, may both report it; people are told once.
    private static bool IsSame(FaultReport known, FaultReport fault) =>
        known with { Targets = fault.Targets } == fault && known.Targets.SequenceEqual(fault.Targets);
}
