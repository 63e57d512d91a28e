using Turbulence.Events;
using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Sessions;

/// <summary>
/// Renews the leases of a run's faults that have one, as long as they are in. A renewal that did not arrive is no news: whether the fault
/// is in effect is what looks are for.
/// </summary>
/// <param name="custody">Says how a fault stands.</param>
/// <param name="time">Sets the pace.</param>
/// <param name="end">Ends all of it: what is not renewed is let go.</param>
internal sealed class FaultLeases(FaultCustody custody, TimeProvider time, CancellationToken end)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(450);

    /// <summary>Begins, where the fault has a lease.</summary>
    /// <returns>Ends when the fault is being taken back, or the session ends.</returns>
    public Task HoldAsync(IFaultKind kind, FaultRecord record) =>
        kind is ILeasedKind leased ? Task.Run(() => RenewAsync(leased, record), CancellationToken.None) : Task.CompletedTask;

    private async Task RenewAsync(ILeasedKind kind, FaultRecord record)
    {
        using var timer = new PeriodicTimer(Pace, time);
        try
        {
            while (await timer.WaitForNextTickAsync(end))
            {
                if (custody.Find(record.Id) is not { State: FaultState.Injecting or FaultState.Active } now)
                {
                    return;
                }

                await kind.RenewAsync(now, end);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the session.
        }
#pragma warning disable CA1031 // A mistake in a kind must not end the session; the fault is then let go, and looks tell that.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
