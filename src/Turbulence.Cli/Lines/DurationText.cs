using System.Globalization;

namespace Turbulence.Cli.Lines;

/// <summary>A duration for people.</summary>
internal static class DurationText
{
    /// <summary><c>0.4 ms</c>, <c>12 ms</c>, <c>3.2 s</c>, <c>4m 05s</c>, <c>2h 03m</c>; a negative one reads as zero.</summary>
    public static string Of(TimeSpan duration)
    {
        if (duration.TotalSeconds >= 59.95)
        {
            var whole = TimeSpan.FromSeconds(Math.Round(duration.TotalSeconds));
            return whole.TotalHours < 1
                ? string.Create(CultureInfo.InvariantCulture, $"{whole.Minutes}m {whole.Seconds:00}s")
                : string.Create(CultureInfo.InvariantCulture, $"{(int)whole.TotalHours}h {whole.Minutes:00}m");
        }

        return duration switch
        {
            { Ticks: <= 0 } => "0 ms",
            { TotalMilliseconds: < 9.95 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0.0} ms"),
            { TotalMilliseconds: < 999.5 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
        };
    }
}
