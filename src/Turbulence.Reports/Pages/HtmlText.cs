using System.Globalization;
using System.Text;

namespace Turbulence.Reports.Pages;

/// <summary>
/// HTML that is being written. Whatever is a text or the value of an attribute is escaped here, and there is no other way in but for what
/// is constant.
/// </summary>
internal sealed class HtmlText
{
    private readonly StringBuilder text = new(64 << 10);

    /// <summary>Writes all of it, in UTF-8.</summary>
    public void CopyTo(Stream target)
    {
        using var writer = new StreamWriter(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 << 10, leaveOpen: true);
        writer.Write(text);
    }

    /// <summary>Begins an element.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="attributes">Its attributes; one whose value is null is left out.</param>
    public HtmlText Open(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        text.Append('<').Append(name);
        foreach (var (key, value) in attributes)
        {
            if (value is not null)
            {
                text.Append(' ').Append(key).Append("=\"");
                Escape(value);
                text.Append('"');
            }
        }

        text.Append('>');
        return this;
    }

    /// <summary>Ends an element.</summary>
    public HtmlText Close(string name)
    {
        text.Append("</").Append(name).Append('>');
        return this;
    }

    /// <summary>Writes a text.</summary>
    public HtmlText Text(string? content)
    {
        Escape(content ?? "");
        return this;
    }

    /// <summary>Writes an element with a text in it.</summary>
    public HtmlText Element(string name, string? content, params ReadOnlySpan<(string Name, string? Value)> attributes) =>
        Open(name, attributes).Text(content).Close(name);

    /// <summary>Writes markup that is a constant of the program.</summary>
    public HtmlText Constant(string markup)
    {
        text.Append(markup);
        return this;
    }

    /// <summary>A number as attributes have it: two digits, no more.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    // What a text may not hold in HTML at all, controls for instance, is shown as what it is.
    private void Escape(string content)
    {
        foreach (var character in content)
        {
            _ = character switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '"' => text.Append("&quot;"),
                '\'' => text.Append("&#39;"),
                '\n' or '\t' => text.Append(character),
                < ' ' or '\x7f' or (>= '\x80' and <= '\x9f') or (>= '\ufdd0' and <= '\ufdef') or '\ufffe' or '\uffff' =>
                    text.Append('\ufffd'),
                _ => text.Append(character),
            };
        }
    }
}
