using System.Text;

namespace Turbulence.JsonPaths;

/// <summary>Counts and cuts a text by code points, as JSONPath does; .NET counts UTF-16 units.</summary>
internal static class CodePoints
{
    public static int Count(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    /// <summary>The code points from <paramref name="start"/> up to <paramref name="end"/>, both within the text.</summary>
    public static string Slice(string text, int start, int end) => text[UnitIndex(text, start)..UnitIndex(text, end)];

    private static int UnitIndex(string text, int codePoints)
    {
        var index = 0;
        for (; codePoints > 0; codePoints--)
        {
            Rune.DecodeFromUtf16(text.AsSpan(index), out _, out var units);
            index += units;
        }

        return index;
    }
}
