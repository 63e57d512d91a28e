using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Sessions;

/// <summary>
/// The undos of a run's faults that go on. There is one a fault, which all who want that fault taken back await, whether it began at the
/// fault's duration, with an injection that failed or was cancelled, or at the end of the run; those of different faults go on beside each
/// other.
/// </summary>
/// <param name="reversal">Takes back.</param>
internal sealed class FaultReverts(FaultReversal reversal)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Task<FaultRecord>> going = [];
    private readonly List<Task> all = [];

    /// <summary>Takes one fault back, or joins who does so already.</summary>
    public Task<FaultRecord> RevertAsync(FaultRecord fault)
    {
        lock (gate)
        {
            return Going(fault.Id) ?? Begin(fault.Id, reversal.RevertAsync(fault));
        }
    }

    /// <summary>
    /// Takes back a fault whose lock the caller has, and lets go of that at the end. It does not join: whoever takes this fault back
    /// already waits for that very lock, and finds it done.
    /// </summary>
    public Task<FaultRecord> RevertHeldAsync(FaultRecord fault, IDisposable hold)
    {
        lock (gate)
        {
            var reverting = HeldAsync(fault, hold);
            if (Going(fault.Id) is null)
            {
                return Begin(fault.Id, reverting);
            }

            all.Add(reverting);
            return reverting;
        }
    }

    /// <summary>Takes several faults back, beside what goes on already; what that did not achieve is tried once more.</summary>
    /// <param name="faults">The faults, in the order in which they were planned.</param>
    public async Task RevertAllAsync(IReadOnlyList<FaultRecord> faults)
    {
        // What has begun has its head start; only what begins now waits a moment for what began before it.
        FaultRecord[] begun = [.. faults.Where(fault => IsGoing(fault.Id))];
        var rest = reversal.RevertAllAsync([.. faults.Except(begun)], RevertAsync);
        var again = reversal.RevertAllAsync(await Task.WhenAll(begun.Select(RevertAsync)), RevertAsync);
        await Task.WhenAll(rest, again);
    }

    /// <summary>Waits for what is being taken back from some targets.</summary>
    public Task EndOnAsync(IReadOnlyList<FaultTarget> targets, IReadOnlyList<FaultRecord> faults)
    {
        lock (gate)
        {
            return Task.WhenAll(faults
                .Where(fault => fault.Targets.Any(target => targets.Any(other => other.Key == target.Key)))
                .Select(fault => Going(fault.Id)).OfType<Task>());
        }
    }

    /// <summary>Keeps what will take a fault back, so that it is awaited.</summary>
    public void Add(Task task)
    {
        lock (gate)
        {
            all.Add(task);
        }
    }

    /// <summary>Waits for all that goes on.</summary>
    public Task EndAsync()
    {
        lock (gate)
        {
            return Task.WhenAll(all);
        }
    }

    private bool IsGoing(string id)
    {
        lock (gate)
        {
            return Going(id) is not null;
        }
    }

    private Task<FaultRecord>? Going(string id) => going.GetValueOrDefault(id) is { IsCompleted: false } task ? task : null;

    private Task<FaultRecord> Begin(string id, Task<FaultRecord> reverting)
    {
        all.Add(reverting);
        return going[id] = reverting;
    }

    private async Task<FaultRecord> HeldAsync(FaultRecord fault, IDisposable hold)
    {
        using (hold)
        {
            return await reversal.RevertLockedAsync(fault);
        }
    }
}
