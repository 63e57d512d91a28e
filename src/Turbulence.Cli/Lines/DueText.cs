using System.Globalization;

namespace Turbulence.Cli.Lines;

/// <summary>Until when a fault is in at most, for people on this machine.</summary>
internal static class DueText
{
    /// <summary>
    /// In words that follow what is in: <c> until 12:30:05</c>, with its day where that is another one; empty where nobody knows.
    /// </summary>
    /// <param name="due">When it is taken back at the latest; null for the end of the run.</param>
    /// <param name="now">When it is told.</param>
    public static string Of(DateTimeOffset? due, DateTimeOffset now) => due is not { } moment ? ""
        : moment.ToLocalTime().Date == now.ToLocalTime().Date
            ? string.Create(CultureInfo.InvariantCulture, $" until {moment.ToLocalTime():HH:mm:ss}")
        : string.Create(CultureInfo.InvariantCulture, $" until {moment.ToLocalTime():yyyy-MM-dd HH:mm:ss}");
}
