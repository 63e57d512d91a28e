using Turbulence.Events;

namespace Turbulence.Load.Meters;

/// <summary>
/// Tells the meters of loads which faults of the run begin and end, on each load's own clock. A load that begins while one is in has it
/// from its beginning on.
/// </summary>
internal sealed class FaultNews
{
    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, bool> isIn = [];
    private readonly List<(FailoverMeter Meter, LoadGenerator Load)> listening = [];

    /// <summary>A load begins.</summary>
    /// <param name="meter">Its meter.</param>
    /// <param name="load">The load.</param>
    public void Join(FailoverMeter meter, LoadGenerator load)
    {
        lock (gate)
        {
            listening.Add((meter, load));
            foreach (var (fault, _) in isIn.Where(static one => one.Value))
            {
                meter.Begin(fault, load.Now);
            }
        }
    }

    /// <summary>A load has ended.</summary>
    public void Leave(FailoverMeter meter)
    {
        lock (gate)
        {
            listening.RemoveAll(one => one.Meter == meter);
        }
    }

    /// <summary>Something happened in the run.</summary>
    public void On(RunEvent happened)
    {
        if (happened is not FaultChanged { Fault: { } fault })
        {
            return;
        }

        lock (gate)
        {
            if (fault.State == FaultState.Injecting)
            {
                isIn[fault.Id] = true;
                listening.ForEach(one => one.Meter.Begin(fault.Id, one.Load.Now));
            }
            else if (fault.State is FaultState.Reverted or FaultState.Confirmed && isIn.ContainsKey(fault.Id))
            {
                isIn[fault.Id] = false;
                listening.ForEach(one => one.Meter.End(fault.Id, one.Load.Now));
            }
        }
    }
}
