using System.Globalization;

namespace Turbulence.Load.Outcomes;

/// <summary>The figures of a load, for people.</summary>
internal static class LoadWords
{
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
}
