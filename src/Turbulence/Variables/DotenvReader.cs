using System.Text;
using Turbulence.Documents;

namespace Turbulence.Variables;

/// <summary>
/// Reads <c>NAME=value</c> lines. The default mode understands what shells and other readers of such files do: <c>export</c>
/// before the name, blanks around the equals sign, values in single quotes (taken as they are) or double quotes (with
/// <c>\n \r \t \" \\ \$</c>), either over several lines, and comments. Compatibility mode takes each line as it stands.
/// </summary>
/// <param name="compatibility">Whose rules apply.</param>
/// <param name="problems">Receives what is wrong; no message repeats a value, which may be a secret.</param>
internal sealed class DotenvReader(Compatibility compatibility, ProblemList problems)
{
    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">The file's name, for what is said about problems.</param>
    /// <returns>The entries in the order of the file. A line that is wrong is reported and left out.</returns>
    public IReadOnlyList<KeyValuePair<string, string>> Read(string text, string file)
    {
        var entries = new List<KeyValuePair<string, string>>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var number = i + 1;
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                Problem(file, number, "has no '='; expected NAME=value");
                continue;
            }

            var name = line[..equals];
            var value = line[(equals + 1)..];
            if (compatibility == Compatibility.None)
            {
                name = WithoutExport(name.Trim());
                (value, var wrong) = Value(value, lines, ref i);
                if (wrong is not null)
                {
                    Problem(file, number, wrong);
                    continue;
                }
            }

            if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal) || value.Contains('\0', StringComparison.Ordinal)
                || (compatibility == Compatibility.None && name.Any(char.IsWhiteSpace)))
            {
                Problem(file, number, "has no proper name before the '='");
                continue;
            }

            entries.Add(new(name, value));
        }

        return entries;
    }

    private static string WithoutExport(string name) =>
        name.StartsWith("export", StringComparison.Ordinal) && name.Length > 6 && char.IsWhiteSpace(name[6]) ? name[6..].TrimStart() : name;

    private static (string Value, string? Wrong) Value(string text, string[] lines, ref int line)
    {
        text = text.TrimStart();
        if (text.Length == 0 || text[0] is not ('"' or '\''))
        {
            return (WithoutComment(text), null);
        }

        var value = new StringBuilder();
        var quote = text[0];
        var at = 1;
        for (var row = line; ;)
        {
            for (; at < text.Length && text[at] != quote; at++)
            {
                if (quote == '"' && text[at] == '\\' && at + 1 < text.Length)
                {
                    value.Append(Unescape(text[++at]));
                }
                else
                {
                    value.Append(text[at]);
                }
            }

            if (at < text.Length)
            {
                line = row;
                var rest = text[(at + 1)..].TrimStart();
                return (value.ToString(), rest.Length == 0 || rest[0] == '#' ? null : "has text after the closing quote");
            }

            if (++row == lines.Length)
            {
                return ("", "opens a quote that is never closed");
            }

            value.Append('\n');
            text = lines[row];
            at = 0;
        }
    }

    private static string Unescape(char c) => c switch
    {
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        '"' or '\\' or '$' or '`' => c.ToString(),
        _ => "\\" + c,
    };

    private static string WithoutComment(string text)
    {
        for (var i = text.IndexOf('#', StringComparison.Ordinal); i >= 0; i = text.IndexOf('#', i + 1))
        {
            if (i == 0 || char.IsWhiteSpace(text[i - 1]))
            {
                return text[..i].TrimEnd();
            }
        }

        return text.TrimEnd();
    }

    private void Problem(string file, int line, string what) =>
        problems.Error(DocumentPath.Root, $"variable file '{file}': line {line} {what}");
}
