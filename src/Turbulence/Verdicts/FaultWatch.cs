using Turbulence.Events;

namespace Turbulence.Verdicts;

/// <summary>Listens to the keeper of the faults: passes its news on as events, and knows how each fault stands.</summary>
internal sealed class FaultWatch(RunEvents events)
{
    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, FaultReport> faults = [];

    private int looking;

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
            fault = Kept(fault, known);
            if (known is not null && IsSame(known, fault))
            {
                return;
            }

            var before = known?.State ?? FaultState.Planned;
            if (before is > FaultState.Planned and < FaultState.Reverted && fault.State >= FaultState.Reverted && !fault.IsIrreversible)
            {
                Reverts++;
            }

            faults[fault.Id] = fault;
            events.Publish(new FaultChanged(events.Now, fault, before));
        }
    }

    /// <summary>Somebody looks at the system from now on until the result is disposed of: what is in meanwhile was looked at.</summary>
    public IDisposable Look()
    {
        lock (gate)
        {
            looking++;
            foreach (var (id, fault) in faults.Where(pair => pair.Value is { WasIn: true }).ToList())
            {
                faults[id] = fault with { WasLookedAtSince = true, WasLookedAt = fault.WasLookedAt || fault.State == FaultState.Active };
            }
        }

        return new Glance(this);
    }

    /// <summary>A fault that should be in has lost its effect. What is being taken back has lost nothing.</summary>
    public void Lose(string id, string seen)
    {
        lock (gate)
        {
            if (faults.TryGetValue(id, out var fault) && fault is { State: FaultState.Active, Lost: null, IsIrreversible: false })
            {
                faults[id] = fault with { Lost = seen };
                events.Publish(new FaultChanged(events.Now, faults[id], fault.State));
            }
        }
    }

    // What the run has seen of a fault its keeper does not know.
    private FaultReport Kept(FaultReport fault, FaultReport? known)
    {
        var isIn = fault.State == FaultState.Active;
        var wasLookedAt = known?.WasLookedAt == true || (isIn && looking > 0);
        var isOver = known?.State == FaultState.Active && !isIn && fault.Due is { } due && events.Now >= due;
        return fault with
        {
            Lost = fault.Lost ?? known?.Lost,
            RevertedBy = fault.RevertedBy ?? known?.RevertedBy,
            WasIn = known?.WasIn == true || isIn,
            WasLookedAt = wasLookedAt,
            WasLookedAtSince = known?.WasLookedAtSince == true || wasLookedAt,
            WasOverUnseen = known?.WasOverUnseen == true || (isOver && !wasLookedAt && !fault.IsIrreversible),
        };
    }

    private void LookAway()
    {
        lock (gate)
        {
            looking--;
        }
    }

    private sealed class Glance(FaultWatch watch) : IDisposable
    {
        private FaultWatch? watch = watch;

        public void Dispose() => Interlocked.Exchange(ref watch, null)?.LookAway();
    }

    // Who takes a fault back, and who looks once more at the end, may both report it; people are told once.
    private static bool IsSame(FaultReport known, FaultReport fault) =>
        known with { Targets = fault.Targets } == fault && known.Targets.SequenceEqual(fault.Targets);
}
