using System.Globalization;
using System.Text;

namespace Turbulence.Reports.Formats;

/// <summary>
/// Makes foreign text fit for Markdown (GFM): a name in an experiment must neither become a heading, a link, HTML or the end of a table's
/// cell, nor call somebody by his name.
/// </summary>
internal static class MarkdownText
{
    private const int MostChars = 2_000;

    // Nothing is shown of it, and what stands around it is no name and no address.
    private const string Apart = "<!-- -->";

    /// <summary>Text among other text, on one line.</summary>
    public static string Of(string? text)
    {
        var line = Line(text);
        var made = new StringBuilder(line.Length + 16);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '~' or '&' or '!' or '$')
            {
                made.Append('\\').Append(c);
            }
            else if (c is '@' or '#')
            {
                made.Append(c == '#' ? "\\#" : "@").Append(Apart);
            }
            else if (c == ':' && i + 2 < line.Length && line[i + 1] == '/' && line[i + 2] == '/')
            {
                made.Append(c).Append(Apart);
            }
            else if (c == '.' && i >= 3 && line.AsSpan(i - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase))
            {
                made.Append(Apart).Append(c);
            }
            else if ((i == 0 && c is '-' or '+' or '=') || (c is '.' or ')' && IsNumber(line.AsSpan(0, i))))
            {
                made.Append('\\').Append(c);
            }
            else
            {
                made.Append(c);
            }
        }

        return made.ToString();
    }

    /// <summary>Text as code, on one line; also in a table's cell.</summary>
    public static string Code(string? text)
    {
        var line = Line(text);
        if (line.Length == 0)
        {
            return "";
        }

        var (longest, run) = (0, 0);
        foreach (var c in line)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', longest + 1);
        var padding = longest > 0 || line[0] == ' ' ? " " : "";
        return $"{fence}{padding}{line.Replace("|", "\\|", StringComparison.Ordinal)}{padding}{fence}";
    }

    /// <summary>Text on one line, without control codes, and cut where it is very long.</summary>
    public static string Line(string? text)
    {
        if (text is null)
        {
            return "";
        }

        var made = new StringBuilder(Math.Min(text.Length, MostChars) + 1);
        foreach (var c in text.AsSpan().Trim())
        {
            if (made.Length >= MostChars)
            {
                made.Append('…');
                break;
            }

            if (c is '\n' or '\r' or '\t' or '\u2028' or '\u2029' or '\u0085')
            {
                made.Append(' ');
            }
            else if (char.IsControl(c) || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'))
            {
                // Also what turns the direction of the text around it.
                made.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            }
            else
            {
                made.Append(c);
            }
        }

        return made.ToString();
    }

    private static bool IsNumber(ReadOnlySpan<char> start) => start.Length is > 0 and < 10 && !start.ContainsAnyExceptInRange('0', '9');
}
