using System.Diagnostics.CodeAnalysis;

namespace Turbulence.Faults.Targets;

/// <summary>Waits for what the system has no event for.</summary>
internal static class Until
{
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(10);

    /// <summary>Looks again and again until what is waited for is there, or the patience is at its end.</summary>
    /// <returns>Whether it came.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [SuppressMessage("Design", "CA1068", Justification = "The look is read last, as the body of a loop is.")]
    public static async Task<bool> TrueAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken, Func<bool> look)
    {
        var begun = time.GetTimestamp();
        while (!look())
        {
            if (time.GetElapsedTime(begun) >= patience)
            {
                return false;
            }

            await Task.Delay(Gap, time, cancellationToken);
        }

        return true;
    }
}
