using System.Globalization;

namespace Turbulence.Journals;

/// <summary>Points in time as the reference's journal writes them.</summary>
internal static class JournalTime
{
    /// <summary>UTC as <c>2026-11-22T13:22:05.999609+00:00</c>; a fraction of exactly zero is left out.</summary>
    public static string Text(DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        var microseconds = utc.Ticks / TimeSpan.TicksPerMicrosecond % 1_000_000;
        return utc.ToString(
            microseconds == 0 ? "yyyy-MM-ddTHH:mm:ss'+00:00'" : "yyyy-MM-ddTHH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);
    }
}
