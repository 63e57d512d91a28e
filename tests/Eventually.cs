using System.Diagnostics;

/// <summary>Waits for what other threads and processes do and nobody tells, with a deadline that no machine is too slow for.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(2);

    /// <summary>Waits until it is so, and returns how long that took.</summary>
    public static Task<TimeSpan> HoldsAsync(Func<bool> condition) => HoldsAsync(() => Task.FromResult(condition()));

    /// <summary>Waits until it is so, and returns how long that took.</summary>
    public static async Task<TimeSpan> HoldsAsync(Func<Task<bool>> condition)
    {
        var began = Stopwatch.GetTimestamp();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        while (!await condition())
        {
            await Task.Delay(Pace, TimeProvider.System, deadline.Token);
        }

        return Stopwatch.GetElapsedTime(began);
    }
}
