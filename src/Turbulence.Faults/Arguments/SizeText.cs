using System.Globalization;

namespace Turbulence.Faults.Arguments;

/// <summary>Amounts of bytes, as people write them.</summary>
internal static class SizeText
{
    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("kB", 1_000), ("MB", 1_000_000),
        ("GB", 1_000_000_000), ("TB", 1_000_000_000_000), ("B", 1), ("", 1),
    ];

    /// <summary>Reads <c>67108864</c>, <c>64MiB</c>, <c>1.5 GB</c>.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var (unit, factor) = Units.First(unit => text.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase));
        if (!decimal.TryParse(
            text.AsSpan(0, text.Length - unit.Length).TrimEnd(), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
            || amount < 0 || amount > long.MaxValue / factor)
        {
            return false;
        }

        bytes = (long)(amount * factor);
        return true;
    }

    /// <summary>Writes an amount in the largest unit that it fills.</summary>
    public static string Of(long bytes)
    {
        var (unit, factor) = Units.Take(4).LastOrDefault(unit => bytes >= unit.Bytes, ("B", 1));
        return string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / factor:0.##} {unit}");
    }
}
