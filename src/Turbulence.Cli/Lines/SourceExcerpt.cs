using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;
using Turbulence.Documents;
using Turbulence.Values;

namespace Turbulence.Cli.Lines;

/// <summary>
/// Shows the line of a file that a problem is about, and a caret below its place. A line that holds a secret in clear text is not shown,
/// and none of a file that could not be read and speaks of secrets: nobody knows then which of its texts they are.
/// </summary>
internal sealed class SourceExcerpt
{
    private const int MostBefore = 60;
    private const int MostBehind = 40;

    private static readonly string[] Suspicious = ["secret", "token", "password", "authorization", "api_key", "apikey"];

    private readonly ReadOnlyMemory<byte> text;
    private readonly SecretMask mask;
    private readonly bool isHidden;
    private readonly bool isRead;
    private SourcePosition? shown;
    private (int Number, int Start, string? Text)? current;

    /// <summary>Shows parts of a file.</summary>
    /// <param name="text">The file, UTF-8.</param>
    /// <param name="inline">Finds the secrets that stand in clear text in it; null where it could not be read.</param>
    public SourceExcerpt(ReadOnlyMemory<byte> text, SecretMask? inline)
    {
        this.text = text;
        isRead = inline is not null;
        mask = inline ?? SecretMask.None;
        isHidden = inline is null && Encoding.UTF8.GetString(text.Span) is var all
            && Array.Exists(Suspicious, word => all.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The line and the caret; empty where there is nothing to show, or nothing that may be shown.</summary>
    public IEnumerable<string> Of(Problem problem)
    {
        // Where the whole document is meant, or what was just shown, a line tells nothing.
        if (isHidden || text.IsEmpty || problem.Position is not { } at || at == shown || (isRead
            && problem.Pointer.Length == 0) || problem.Pointer.StartsWith("/secrets", StringComparison.Ordinal)
            || Line(at.Line) is not { } line)
        {
            yield break;
        }

        shown = at;
        var column = Math.Clamp(at.Column - 1, 0, line.Length);
        var start = Math.Max(0, column - MostBefore);
        var end = Math.Min(line.Length, column + MostBehind);
        var before = $"{(start > 0 ? "…" : "")}{Plain(line[start..column])}";
        var number = at.Line.ToString(CultureInfo.InvariantCulture).PadLeft(5);
        yield return $"{number} | {before}{Plain(line[column..end])}{(end < line.Length ? "…" : "")}";
        yield return $"      | {new string(' ', new Segment(before).CellCount())}^";
    }

    private static string Plain(string part)
    {
        var plain = new StringBuilder(part.Length);
        foreach (var letter in part)
        {
            plain.Append(letter == '\t' ? ' ' : char.IsControl(letter) ? '?' : letter);
        }

        return plain.ToString();
    }

    // Problems come mostly in the order of the text, and all of a file may stand in one line: neither is looked for from its beginning each
    // time.
    private string? Line(int number)
    {
        if (current is { } known && known.Number == number)
        {
            return known.Text;
        }

        var (last, start) = current is { } before && before.Number < number
            ? (before.Number, before.Start)
            : (1, text.Span.StartsWith("\uFEFF"u8) ? 3 : 0);
        for (; last < number; last++)
        {
            var end = text.Span[start..].IndexOf((byte)'\n');
            if (end < 0)
            {
                return null;
            }

            start += end + 1;
        }

        var rest = text.Span[start..];
        var length = rest.IndexOf((byte)'\n');
        string? line = Encoding.UTF8.GetString(length < 0 ? rest : rest[..length]).TrimEnd('\r');
        line = mask.Apply(line) == line ? line : null;
        current = (number, start, line);
        return line;
    }
}
