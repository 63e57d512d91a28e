using Turbulence.Events;
using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Sessions;

/// <summary>Reads the effect of faults that are in back, again and again. Looking changes nothing, so that it neither holds up nor is held up by the taking back.</summary>
/// <param name="kinds">Who knows what to look at.</param>
/// <param name="self">The command line that starts this program again.</param>
/// <param name="time">Measures the limit.</param>
internal sealed class FaultLooks(FaultKinds kinds, IReadOnlyList<string> self, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly StepsUnderWay underWay = new();

    /// <summary>Looks at one fault.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>What was seen; null where it stays by its nature, or could not be looked at in time.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<Evidence?> LookAsync(FaultRecord fault, CancellationToken cancellationToken)
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
