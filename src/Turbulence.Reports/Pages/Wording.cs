using System.Globalization;
using Turbulence.Interruptions;
using Turbulence.Reports.Texts;

namespace Turbulence.Reports.Pages;

/// <summary>Figures and words as people read them.</summary>
internal static class Wording
{
    /// <summary>A count: <c>1,500</c>.</summary>
    public static string Count(long number) => FigureText.Count(number);

    /// <summary>A count with what it counts: <c>1 request</c>, <c>3 requests</c>.</summary>
    public static string Count(long number, string one, string many) => $"{Count(number)} {(number == 1 ? one : many)}";

    /// <summary>A time of the run: <c>1.25 s</c>, <c>3m 20s</c>.</summary>
    public static string Seconds(double value) => FigureText.Time(1000 * value);

    /// <summary>A part of all: <c>37 %</c>, <c>0.4 %</c>; never 0 % of something, nor 100 % of less than all.</summary>
    public static string Share(long part, long all)
    {
        var share = all == 0 ? 0 : 100.0 * part / all;
        return part == 0 ? "0 %"
            : share < 0.01 ? "less than 0.01 %"
            : share < 10 ? share.ToString("0.##", CultureInfo.InvariantCulture) + " %"
            : part < all && share >= 99.5 ? "more than 99 %"
            : share.ToString("0", CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>A moment of the run: <c>at 1.25 s</c>.</summary>
    public static string At(double? seconds) => seconds is { } known ? Seconds(known) : "–";

    /// <summary>A moment by the calendar.</summary>
    public static string Date(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>The name of a stage.</summary>
    public static string Phase(RunPhase phase) => phase switch
    {
        RunPhase.Gate => "gate",
        RunPhase.During => "meanwhile",
        RunPhase.Method => "method",
        RunPhase.After => "after the method",
        RunPhase.Rollbacks => "rollbacks",
        RunPhase.Closing => "after the rollbacks",
        _ => phase.ToString(),
    };

    /// <summary>The name of an outcome.</summary>
    public static string Outcome(string outcome) => outcome.Replace('_', ' ');
}
