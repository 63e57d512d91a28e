using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Tolerances.Loads;

/// <summary>
/// A time as a limit says it: a number of milliseconds, or a text with its unit, <c>50ms</c>, <c>1.5 s</c>, <c>200us</c>.
/// </summary>
internal static class LimitTime
{
    /// <summary>What a time must be, in words that follow its name.</summary>
    public const string Problem = "must be a time of 0 or more: milliseconds, or a text such as \"50ms\" or \"1.5s\"";

    // The longest unit that ends alike comes first.
    private static readonly (string Unit, double Milliseconds)[] Units = [("us", 0.001), ("µs", 0.001), ("ms", 1), ("s", 1000), ("", 1)];

    /// <summary>Reads one, in milliseconds.</summary>
    public static bool TryRead(JsonNode? node, out double milliseconds)
    {
        if (JsonTexts.TryRead(node, out var text))
        {
            var (unit, factor) = Array.Find(Units, one => text.EndsWith(one.Unit, StringComparison.Ordinal));
            var digits = text.AsSpan(0, text.Length - unit.Length).TrimEnd();
            var isRead = double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out milliseconds);
            milliseconds *= factor;
            return isRead && milliseconds >= 0 && double.IsFinite(milliseconds);
        }

        return JsonNumbers.TryReadDouble(node, out milliseconds) && milliseconds >= 0 && double.IsFinite(milliseconds);
    }

    /// <summary>The time of a limit that nothing is wrong with.</summary>
    public static double Of(JsonNode? node) => TryRead(node, out var milliseconds) ? milliseconds : double.NaN;

    /// <summary>With as many digits as say something: <c>0.24 ms</c>, <c>12.3 ms</c>, <c>107 ms</c>, <c>2.00 s</c>.</summary>
    public static string Text(double milliseconds) => Math.Abs(milliseconds) switch
    {
        0 => "0 ms",
        < 9.995 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.00} ms"),
        < 99.95 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.0} ms"),
        < 999.5 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.00} s"),
    };
}
