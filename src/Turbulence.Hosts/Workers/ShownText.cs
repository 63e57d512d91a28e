using Turbulence.Values;

namespace Turbulence.Hosts.Workers;

/// <summary>
/// Shortens what foreign code says. Masked first and shortened then: a secret that is cut in two is found by nobody any more.
/// </summary>
internal static class ShownText
{
    /// <summary>The most characters of a line of a log, and of a message.</summary>
    public const int LongestLine = 16 * 1024;

    /// <summary>The most characters of a line that was printed.</summary>
    public const int LongestPrinted = 2 * 1024;

    /// <summary>The most characters of a whole stack trace.</summary>
    public const int LongestTrace = 64 * 1024;

    /// <summary>The text, masked and cut where it is too long; as it is where it is not.</summary>
    public static string Shortened(string text, Func<SecretMask> mask, int longest = LongestLine)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var masked = mask().Mask(text);
        return masked.Length <= longest ? masked : $"{masked.Shorten(longest)} (the rest is left out)";
    }

    /// <summary>The lines, the innermost of which stand last: what is too much is left out in front of them.</summary>
    public static IReadOnlyList<string> Shortened(IReadOnlyList<string> trace, Func<SecretMask> mask)
    {
        if (trace.Sum(line => (long)line.Length) <= LongestLine)
        {
            return trace;
        }

        var kept = new List<string>();
        var room = LongestTrace;
        foreach (var line in trace.Reverse())
        {
            var text = Shortened(line, mask);
            room -= text.Length;
            if (room < 0)
            {
                kept.Add("… (the outer calls are left out)\n");
                break;
            }

            kept.Add(text);
        }

        kept.Reverse();
        return kept;
    }
}
