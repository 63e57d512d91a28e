using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Journals;
using Turbulence.Python;
using Turbulence.Settings;

namespace Turbulence.Cli.Verbs;

/// <summary>Writes a value of the settings in the notation that was asked for.</summary>
internal static class SettingsText
{
    /// <summary>The value.</summary>
    /// <param name="node">The value.</param>
    /// <param name="format"><c>yaml</c>, <c>json</c> or <c>string</c>.</param>
    /// <param name="asReference">Whether everything is written byte by byte as the reference does: an empty line after YAML, JSON in
    /// ASCII.</param>
    public static string Of(JsonNode? node, string format, bool asReference) => format switch
    {
        "json" => asReference ? Ascii(JsonText.Indented(node)) : JsonText.Indented(node),
        "string" => PythonText.Of(node),
        _ => asReference ? YamlText.Of(node) : YamlText.Of(node).TrimEnd('\n'),
    };

    private static string Ascii(string json)
    {
        var text = new StringBuilder(json.Length);
        foreach (var letter in json)
        {
            if (char.IsAscii(letter))
            {
                text.Append(letter);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            }
        }

        return text.ToString();
    }
}
