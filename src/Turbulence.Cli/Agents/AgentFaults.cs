using System.Text.Json.Nodes;
using Turbulence.Cli.Rpc;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Agents;

/// <summary>The faults of one coordinator on this host.</summary>
/// <param name="place">This host.</param>
internal sealed class AgentFaults(RunPlace place) : IDisposable
{
    // One that has ended is kept, for a coordinator who did not get the answer; more than that are nobody's orders any more.
    private const int MostKept = 1000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, LeasedFault> faults = [];
    private bool isClosed;

    /// <summary>Whether any is in, or may be.</summary>
    public bool AreOutstanding
    {
        get
        {
            lock (gate)
            {
                return faults.Values.Any(static fault => fault.IsOutstanding);
            }
        }
    }

    /// <summary>Puts one in.</summary>
    /// <exception cref="RpcException">It is not in.</exception>
    public async Task<JsonObject> PutAsync(AgentOrder order, CancellationToken stop)
    {
        var fault = new LeasedFault(order, place.Time);
        if (Problem(order.Id, fault) is { } problem)
        {
            fault.Dispose();
            throw new RpcException(RpcException.NotDone, problem);
        }

        return await fault.BeginAsync(place, stop);
    }

    /// <summary>The fault of an id.</summary>
    /// <exception cref="RpcException">There is none.</exception>
    public LeasedFault Find(string id)
    {
        lock (gate)
        {
            return faults.TryGetValue(id, out var fault)
                ? fault
                : throw new RpcException(RpcException.NotDone, $"this agent was never asked for a fault '{id}'");
        }
    }

    /// <summary>The coordinator is there, and wants what he has asked for.</summary>
    public void Renew()
    {
        lock (gate)
        {
            foreach (var fault in faults.Values)
            {
                fault.Renew();
            }
        }
    }

    /// <summary>Takes all of them back; none is put in any more.</summary>
    /// <returns>Whether something may be left.</returns>
    public async Task<bool> CloseAsync()
    {
        LeasedFault[] all;
        lock (gate)
        {
            isClosed = true;
            all = [.. faults.Values];
        }

        return (await Task.WhenAll(all.Select(static fault => fault.AbandonAsync()))).Any(static isLeft => isLeft);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var fault in faults.Values)
        {
            fault.Dispose();
        }
    }

    private string? Problem(string id, LeasedFault fault)
    {
        lock (gate)
        {
            if (isClosed)
            {
                return "this agent ends";
            }

            if (faults.Count >= MostKept && faults.FirstOrDefault(static one => !one.Value.IsOutstanding) is { Value: { } ended } oldest)
            {
                faults.Remove(oldest.Key);
                ended.Dispose();
            }

            return faults.Count >= MostKept ? $"{MostKept} faults are in, and more are not taken"
                : !faults.TryAdd(id, fault) ? $"there is a fault '{id}' already: its id is used once"
                : null;
        }
    }
}
