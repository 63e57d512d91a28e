using System.Diagnostics;

namespace Turbulence.Faults.Tests;

/// <summary>Waits for what another process does.</summary>
internal static class Eventually
{
    /// <summary>Waits until the condition holds, and returns how long that took.</summary>
    public static async Task<TimeSpan> HoldsAsync(Func<bool> condition)
    {
        var began = Stopwatch.GetTimestamp();
        using var deadline = new CancellationTokenSource(RunnerProcess.Deadline);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, deadline.Token);
        }

        return Stopwatch.GetElapsedTime(began);
    }
}
