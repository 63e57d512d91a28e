using Turbulence.Events;
using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Sessions;

/// <summary>
/// Reads the effect of faults that are in back, again and again. Looking changes nothing, so that it neither holds up nor is held up by the
/// taking back.
/// </summary>
/// <param name="kinds">Who knows what to look at.</param>
/// <param name="self">The command line that starts this program again.</param>
/// <param name="time">Measures the limit.</param>
/// <param name="custody">Has the faults, and takes what the last look says of the effect of those that count what they hit.</param>
/// <param name="lose">Told of a fault that is not in effect any more, and what was seen.</param>
internal sealed class FaultLooks(
    FaultKinds kinds, IReadOnlyList<string> self, TimeProvider time, FaultCustody custody, Action<string, string> lose)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly StepsUnderWay underWay = new();

    /// <summary>Looks at one fault. What was begun to be taken back meanwhile has lost nothing.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="isLast">Whether no other look follows before it is taken back.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>What was seen; null where nothing was, or it is being taken back.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<Evidence?> LookAsync(FaultRecord fault, bool isLast, CancellationToken cancellationToken)
    {
        var looked = await ObserveAsync(fault, cancellationToken);
        if (looked is null && isLast)
        {
            MissCount(fault.Id);
        }

        if (looked is not { } seen || custody.Find(fault.Id) is not { State: FaultState.Active } now)
        {
            return null;
        }

        if (!seen.Seen)
        {
            lose(fault.Id, seen.Text);
        }
        else if (isLast)
        {
            // What counts is what it came to, not what it was when it began.
            custody.Take(now with { Effect = seen.Hits is { } hits ? seen with { Seen = hits > 0 } : seen });
        }

        return seen;
    }

    /// <summary>
    /// The last look did not come to its end: of a fault that counts what it hits it is not known whether that was anything.
    /// </summary>
    /// <param name="id">The fault.</param>
    public void MissCount(string id)
    {
        if (custody.Find(id) is { State: FaultState.Active, Effect.Hits: not null } now)
        {
            custody.Take(now with { Effect = new Evidence(false, "what it has hit could not be seen at its end") });
        }
    }

    // Null where it stays by its nature, or could not be looked at in time.
    private async Task<Evidence?> ObserveAsync(FaultRecord fault, CancellationToken cancellationToken)
    {
        if (fault.IsIrreversible || underWay.Has(fault.Id) || !kinds.TryGet(fault.Kind, out var kind))
        {
            return null;
        }

        using var clock = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            var tools = new FaultTools(time, self, static _ => ValueTask.CompletedTask);
            return await new KindCaller(kind, time, underWay).ObserveAsync(fault, tools, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
