using System.Collections.Concurrent;

namespace Turbulence.Faults.Sessions;

/// <summary>
/// The steps of a run's faults that were told to end and have not, such as one that waits for a disk that does not answer. No other step of
/// its fault is begun, and its fault's lock is not let go, before it has ended: it may still do something.
/// </summary>
internal sealed class StepsUnderWay
{
    private readonly ConcurrentDictionary<string, Task> steps = new(StringComparer.Ordinal);

    /// <summary>Whether a step of the fault goes on.</summary>
    public bool Has(string fault) => steps.TryGetValue(fault, out var step) && !step.IsCompleted;

    /// <summary>Keeps a step until it ends.</summary>
    public void Add(string fault, Task step)
    {
        steps[fault] = step;
        step.ContinueWith(ended => steps.TryRemove(KeyValuePair.Create(fault, ended)), TaskScheduler.Default);
    }

    /// <summary>Holds a fault's lock until it is disposed of; where a step of the fault still goes on then, until that has ended.</summary>
    public IDisposable Hold(string fault, IDisposable? held) => new FaultHold(steps, fault, held);

    private sealed class FaultHold(ConcurrentDictionary<string, Task> steps, string fault, IDisposable? held) : IDisposable
    {
        public void Dispose()
        {
            if (steps.TryGetValue(fault, out var step))
            {
                step.ContinueWith(_ => held?.Dispose(), TaskScheduler.Default);
            }
            else
            {
                held?.Dispose();
            }
        }
    }
}
