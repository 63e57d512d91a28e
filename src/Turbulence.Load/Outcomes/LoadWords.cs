using System.Globalization;

namespace Turbulence.Load.Outcomes;

/// <summary>The figures of a load, for people.</summary>
internal static class LoadWords
{
    private const int MostReasons = 4;

    /// <summary>
    /// A time of milliseconds with as many digits as say something: <c>0.24 ms</c>, <c>12.3 ms</c>, <c>107 ms</c>, <c>2.00 s</c>.
    /// </summary>
    public static string Time(double milliseconds) => milliseconds switch
    {
        < 9.995 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.00} ms"),
        < 99.95 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.0} ms"),
        < 999.5 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.00} s"),
    };

    /// <summary>How many requests: <c>2,347 requests</c>.</summary>
    public static string Requests(long count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "request" : "requests")}");

    /// <summary>How many of them were lost: <c>none lost</c>, <c>12 lost</c>.</summary>
    public static string Lost(long count) => count == 0 ? "none lost" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} lost");

    /// <summary>Why they were lost, the most frequent reasons: <c>connection refused (612), status 503 (4)</c>.</summary>
    public static string Reasons(IReadOnlyList<LossReason> all)
    {
        var sorted = all.OrderByDescending(static one => one.Count).ToList();
        var told = sorted.Take(MostReasons).Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.Reason} ({one.Count:N0})"));
        var rest = sorted.Skip(MostReasons).Sum(static one => one.Count);
        return string.Join(", ", rest == 0 ? told : told.Append(string.Create(CultureInfo.InvariantCulture, $"other reasons ({rest:N0})")));
    }
}
