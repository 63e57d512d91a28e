using System.Globalization;
using System.Text;

namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>A set of Unicode code points, surrogates excluded, that writes itself as a .NET pattern for exactly one of them.</summary>
internal sealed class CodePointSet
{
    private const int LastCodePoint = 0x10FFFF;

    private CodePointSet(IReadOnlyList<(int First, int Last)> ranges) => Ranges = ranges;

    /// <summary>The code points as ranges, both ends included, in order and with gaps between.</summary>
    public IReadOnlyList<(int First, int Last)> Ranges { get; }

    /// <summary>The set of some ranges, in any order, which may overlap.</summary>
    public static CodePointSet Of(IEnumerable<(int First, int Last)> ranges)
    {
        var merged = new List<(int First, int Last)>();
        foreach (var range in ranges.Order())
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return new(merged);
    }

    /// <summary>Every other code point.</summary>
    public CodePointSet Complement()
    {
        var gaps = new List<(int First, int Last)>();
        var next = 0;
        foreach (var (first, last) in Ranges)
        {
            if (next < first)
            {
                gaps.Add((next, first - 1));
            }

            next = last + 1;
        }

        if (next <= LastCodePoint)
        {
            gaps.Add((next, LastCodePoint));
        }

        return new(gaps);
    }

    /// <summary>Writes the pattern: one class for U+0000 to U+FFFF, beyond it pairs of classes of surrogates.</summary>
    public void AppendTo(StringBuilder pattern)
    {
        var units = new StringBuilder();
        foreach (var (first, last) in Ranges)
        {
            AppendRange(units, first, Math.Min(last, 0xD7FF));
            AppendRange(units, Math.Max(first, 0xE000), Math.Min(last, 0xFFFF));
        }

        // Of an empty set the class that has no character.
        pattern.Append(units.Length == 0 ? @"(?:[^\u0000-\uFFFF]" : $"(?:[{units}]");
        foreach (var (lows, highs) in SurrogatePairs())
        {
            pattern.Append("|[").Append(highs).Append("][").Append(lows).Append(']');
        }

        pattern.Append(')');
    }

    // High surrogates that have the same low ones stand together; one alternative for each range would slow the engine down.
    private Dictionary<string, StringBuilder> SurrogatePairs()
    {
        var lowsOfHigh = new SortedDictionary<int, StringBuilder>();
        foreach (var (first, last) in Ranges)
        {
            for (var codePoint = Math.Max(first, 0x10000); codePoint <= last; codePoint = (codePoint | 0x3FF) + 1)
            {
                var high = 0xD800 + ((codePoint - 0x10000) >> 10);
                if (!lowsOfHigh.TryGetValue(high, out var lows))
                {
                    lowsOfHigh[high] = lows = new();
                }

                AppendRange(lows, LowSurrogate(codePoint), LowSurrogate(Math.Min(codePoint | 0x3FF, last)));
            }
        }

        var highsOfLows = new Dictionary<string, StringBuilder>(StringComparer.Ordinal);
        foreach (var (high, lows) in lowsOfHigh)
        {
            var key = lows.ToString();
            if (!highsOfLows.TryGetValue(key, out var highs))
            {
                highsOfLows[key] = highs = new();
            }

            AppendRange(highs, high, high);
        }

        return highsOfLows;
    }

    private static void AppendRange(StringBuilder pattern, int first, int last)
    {
        if (first <= last)
        {
            pattern.Append(CultureInfo.InvariantCulture, $@"\u{first:X4}-\u{last:X4}");
        }
    }

    private static int LowSurrogate(int codePoint) => 0xDC00 + (codePoint & 0x3FF);
}
