using System.Globalization;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Targets;

/// <summary>When processes were started, on the clock that people read.</summary>
internal static class ProcessAge
{
    private const long TicksPerSecond = 100;

    /// <summary>When a process was started, to about a second.</summary>
    public static DateTime StartOf(ProcessStatus process) =>
        DateTimeOffset.FromUnixTimeSeconds(SystemStart() + process.StartTime / TicksPerSecond).UtcDateTime;

    /// <summary>The line <c>btime</c> of <c>/proc/stat</c>: seconds since 1970.</summary>
    private static long SystemStart() =>
        File.ReadLines("/proc/stat").FirstOrDefault(line => line.StartsWith("btime ", StringComparison.Ordinal)) is { } line
            ? long.Parse(line.AsSpan("btime ".Length), CultureInfo.InvariantCulture)
            : 0;
}
