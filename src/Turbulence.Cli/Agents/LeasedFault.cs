using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Cli.Rpc;
using Turbulence.Runs.Requests;
using Turbulence.Runs.Scopes;

namespace Turbulence.Cli.Agents;

/// <summary>
/// A fault that is in as long as its coordinator says again and again that he wants it. It is a run of its own, with a guardian of its own,
/// which takes it back when this process dies or freezes; the lease takes it back when the coordinator is not heard any more.
/// </summary>
internal sealed class LeasedFault : IDisposable
{
    private readonly AgentOrder order;
    private readonly CancellationTokenSource over = new();
    private readonly Lease lease;
    private readonly TaskCompletionSource<FaultScope> begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool mayBeLeft;

    /// <summary>Makes one; its lease begins here, since who asks for it waits from here on.</summary>
    public LeasedFault(AgentOrder order, TimeProvider time)
    {
        this.order = order;
        lease = new Lease(order.Lease, time, GiveUp);
    }

    /// <summary>Whether it is in, or may be.</summary>
    public bool IsOutstanding => begun.Task is { IsCompletedSuccessfully: true, Result.HasEnded: false } or { IsCompleted: false };

    /// <summary>Its coordinator wants it.</summary>
    public void Renew() => lease.Renew();

    /// <summary>Nobody wants it any more. What it is by now is taken back.</summary>
    public void GiveUp() => over.Cancel();

    /// <summary>Puts it in, and comes back when its effect was seen.</summary>
    /// <param name="place">This host.</param>
    /// <param name="stop">Takes it back as long as it is not in.</param>
    /// <returns>What was seen.</returns>
    /// <exception cref="RpcException">It is not in; what there was of it is taken back, or the exception says what is left.</exception>
    public async Task<JsonObject> BeginAsync(RunPlace place, CancellationToken stop)
    {
        await using var giving = stop.Register(GiveUp);
        try
        {
            begun.SetResult(await FaultScope.BeginAsync(
                new ScopedFault("fault", [])
                {
                    Title = order.Id,
                    Name = order.Name,
                    Shape = activity => activity.Set("provider", order.Provider.DeepClone()),
                },
                null,
                place,
                over.Token));
        }
#pragma warning disable CA1031 // Whatever it is, it is what everybody is told who asks for this fault.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            // After what nobody has thought of nobody knows what is left.
            mayBeLeft = failure is FaultScopeException { Outcome.NeedsAPerson: true }
                or not (FaultScopeException or RunRefusedException or OperationCanceledException);
            begun.SetException(new RpcException(RpcException.NotDone, Why(failure)));
        }

        return AgentAnswers.Of((await begun.Task).Fault);
    }

    /// <summary>Looks how it stands.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<JsonObject> LookAsync(CancellationToken cancellationToken)
    {
        var scope = await begun.Task;
        return await scope.LookAsync(cancellationToken) is { } seen
            ? new JsonObject { ["state"] = "active", ["effect"] = AgentAnswers.Of(seen) }
            : AgentAnswers.Of(scope.Fault, await scope.EndAsync(), lease.HasRunOut ? WhyOver : null);
    }

    /// <summary>Takes it back, and says what came of it; the same again for one that has ended.</summary>
    public async Task<JsonObject> EndAsync()
    {
        var scope = await begun.Task;
        var outcome = await scope.EndAsync();
        return AgentAnswers.Of(scope.Fault, outcome, lease.HasRunOut ? WhyOver : null);
    }

    /// <summary>Takes it back, whatever it is by now.</summary>
    /// <returns>Whether something may be left.</returns>
    public async Task<bool> AbandonAsync()
    {
        GiveUp();
        try
        {
            return (await (await begun.Task).EndAsync()).NeedsAPerson;
        }
        catch (RpcException)
        {
            return mayBeLeft;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lease.Dispose();
        over.Dispose();
    }

    private string WhyOver => lease.HasRunOut
        ? string.Create(CultureInfo.InvariantCulture, $"its lease ran out: nothing was heard of the coordinator for {lease.Length.TotalSeconds:0.###} s")
        : "it was given up";

    private string Why(Exception failure)
    {
        var why = failure switch
        {
            FaultScopeException failed => string.Join("; ", failed.Outcome.Reasons),
            OperationCanceledException when over.IsCancellationRequested => $"{WhyOver}, and everything is as it was",
            _ => failure.Message,
        };
        return mayBeLeft ? $"{why}; something of it may be left on this host (chaos faults list)" : why;
    }
}
