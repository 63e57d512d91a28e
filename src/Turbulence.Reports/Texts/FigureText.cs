using System.Globalization;

namespace Turbulence.Reports.Texts;

/// <summary>Figures for people.</summary>
internal static class FigureText
{
    /// <summary>A number of things: <c>36,000</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A time: <c>0.31 ms</c>, <c>12.3 ms</c>, <c>1.25 s</c>, <c>3m 20s</c>; a dash for none.</summary>
    public static string Time(double? milliseconds) => milliseconds switch
    {
        null => "–",
        0 => "0 ms",
        < 0 => "-" + Time(-milliseconds),
        < 10 => Text(milliseconds.Value, "0.00", " ms"),
        < 100 => Text(milliseconds.Value, "0.0", " ms"),
        < 1_000 => Text(milliseconds.Value, "0", " ms"),
        < 60_000 => Text(milliseconds.Value / 1_000, "0.00", " s"),
        < 1e12 => Long(TimeSpan.FromMilliseconds(milliseconds.Value)),
        _ => "very long",
    };

    /// <summary>A part of a whole: <c>12.3 %</c>.</summary>
    public static string Part(double part) => Text(part * 100, "0.##", " %");

    private static string Long(TimeSpan span) => span.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours}h {span.Minutes:00}m")
        : string.Create(CultureInfo.InvariantCulture, $"{span.Minutes}m {span.Seconds:00}s");

    private static string Text(double value, string form, string unit) => value.ToString(form, CultureInfo.InvariantCulture) + unit;
}
