using System.Buffers;
using System.Globalization;
using System.Text;

namespace Turbulence.Cli.Lines;

/// <summary>
/// Makes foreign text safe to show. A name, an error message or the tail of a service's output may hold control codes that
/// would clear a terminal or forge a line; they are shown as <c>\x1b</c> instead. Line breaks and tabs stay.
/// </summary>
internal static class PrintableText
{
    private static readonly SearchValues<char> Hidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0xa0).Select(code => (char)code).Where(c => char.IsControl(c) && c is not ('\n' or '\t'))]);

    /// <summary><paramref name="text"/> without control codes; CR LF reads as one line break.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAny(Hidden))
        {
            return text;
        }

        var printable = new StringBuilder(text.Length + 8);
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            if (c < 0xa0 && Hidden.Contains(c))
            {
                printable.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            }
            else
            {
                printable.Append(c);
            }
        }

        return printable.ToString();
    }

    /// <summary><paramref name="text"/> without control codes and line breaks.</summary>
    public static string OneLine(string text) => Of(text).TrimEnd('\n').Replace("\n", " ⏎ ", StringComparison.Ordinal).Replace('\t', ' ');
}
