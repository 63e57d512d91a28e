using System.Globalization;

namespace Turbulence.Hosts.Workers;

/// <summary>
/// Looks at how much memory a process holds (<c>/proc/PID/statm</c>, proc(5), its second number in pages). Elsewhere than on Linux it sees
/// nothing.
/// </summary>
internal static class MemoryWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until the process holds more than it may.</summary>
    /// <param name="process">The process's id, which stays its own meanwhile.</param>
    /// <param name="limit">The most bytes.</param>
    /// <param name="time">Measures the time between two looks.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>The bytes that it holds.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<long> WaitAsync(int process, long limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (true)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            if (Held(process) is var held && held > limit)
            {
                return held;
            }
        }
    }

    private static long Held(int process)
    {
        try
        {
            var fields = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/statm")).Split(' ');
            return fields.Length > 1 && long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var pages)
                ? pages * Environment.SystemPageSize
                : 0;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
