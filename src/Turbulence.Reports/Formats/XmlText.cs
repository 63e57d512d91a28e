using System.Globalization;
using System.Text;
using System.Xml;

namespace Turbulence.Reports.Formats;

/// <summary>Makes foreign text fit for XML 1.0, which cannot hold every character, not even escaped.</summary>
internal static class XmlText
{
    private const int MostChars = 20_000;
    private const int MostNameChars = 500;

    /// <summary>The text, with what XML cannot hold as <c>\x1b</c>, and cut where it is very long.</summary>
    public static string Of(string? text)
    {
        if (text is null)
        {
            return "";
        }

        var made = new StringBuilder(Math.Min(text.Length, MostChars) + 8);
        for (var i = 0; i < text.Length && made.Length < MostChars; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                made.Append(text[i]).Append(text[++i]);
            }
            else if (XmlConvert.IsXmlChar(text[i]))
            {
                made.Append(text[i]);
            }
            else
            {
                made.Append(CultureInfo.InvariantCulture, $"\\x{(int)text[i]:x2}");
            }
        }

        return text.Length > MostChars ? made.Append('…').ToString() : made.ToString();
    }

    /// <summary>The same on one line, for a name: never empty.</summary>
    public static string Name(string? text)
    {
        // All that is white, also what ends a line elsewhere.
        var one = string.Join(' ', Of(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return one.Length switch
        {
            0 => "(no name)",
            <= MostNameChars => one,
            _ => string.Concat(one.AsSpan(0, char.IsHighSurrogate(one[MostNameChars - 1]) ? MostNameChars - 1 : MostNameChars), "…"),
        };
    }

    /// <summary>Writes a document, in UTF-8 and with two blanks a level.</summary>
    public static XmlWriter Begin(Stream target) => XmlWriter.Create(target, new XmlWriterSettings
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        IndentChars = "  ",
        NewLineChars = "\n",
        CloseOutput = false,
    });
}
