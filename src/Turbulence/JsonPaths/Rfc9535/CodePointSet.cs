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
        var single = new StringBuilder();
        var pairs = new StringBuilder();
        foreach (var (first, last) in Ranges)
        {
            AppendUnits(single, first, Math.Min(last, 0xD7FF));
            AppendUnits(single, Math.Max(first, 0xE000), Math.Min(last, 0xFFFF));
            AppendPairs(pairs, Math.Max(first, 0x10000), last);
        }

        // The class of no character at all is what an empty set matches.
        var units = single.Length == 0 && pairs.Length == 0 ? @"[^\u0000-\uFFFF]" : single.Length == 0 ? "" : $"[{single}]";
        if (pairs.Length == 0)
        {
            pattern.Append(units);
        }
        else
        {
            pattern.Append("(?:").Append(units).Append(pairs, units.Length == 0 ? 1 : 0, pairs.Length - (units.Length == 0 ? 1 : 0)).Append(')');
        }
    }

    private static void AppendUnits(StringBuilder pattern, int first, int last)
    {
        if (first <= last)
        {
            pattern.Append(CultureInfo.InvariantCulture, $@"\u{first:X4}-\u{last:X4}");
        }
    }

    private static void AppendPairs(StringBuilder pattern, int first, int last)
    {
        while (first <= last)
        {
            // As many high surrogates at once as have all their low ones in the range, else the rest of one.
            var (high, low) = (High(first), Low(first));
            var lastOfHigh = first | 0x3FF;
            if (low == 0xDC00 && lastOfHigh <= last)
            {
                var end = Low(last) == 0xDFFF ? High(last) : High(last) - 1;
                pattern.Append(CultureInfo.InvariantCulture, $@"|[\u{high:X4}-\u{end:X4}][\uDC00-\uDFFF]");
                first = 0x10000 + ((end - 0xD800 + 1) << 10);
            }
            else
            {
                var end = Math.Min(lastOfHigh, last);
                pattern.Append(CultureInfo.InvariantCulture, $@"|\u{high:X4}[\u{low:X4}-\u{Low(end):X4}]");
                first = end + 1;
            }
        }
    }

    private static int High(int codePoint) => 0xD800 + ((codePoint - 0x10000) >> 10);

    private static int Low(int codePoint) => 0xDC00 + (codePoint & 0x3FF);
}
