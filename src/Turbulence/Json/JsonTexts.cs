using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Json;

/// <summary>
/// Reads the texts of JSON values, those included that JSON allows and UTF-16 does not (<c>"\ud800"</c>), over which JsonNode throws.
/// </summary>
public static class JsonTexts
{
    /// <summary>Reads a text; half a surrogate pair stays as it is.</summary>
    /// <param name="node">Any JSON value.</param>
    /// <param name="text">The text; null when the value is none.</param>
    /// <returns>Whether the value is a text.</returns>
    public static bool TryRead(JsonNode? node, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.String)
        {
            return false;
        }

        if (!value.TryGetValue<JsonElement>(out var element))
        {
            text = value.TryGetValue<string>(out var held) ? held : Decode(value.ToJsonString());
            return true;
        }

        try
        {
            text = element.GetString();
        }
        catch (InvalidOperationException)
        {
            text = Decode(element.GetRawText());
        }

        return text is not null;
    }

    private static string Decode(string quoted)
    {
        var text = new StringBuilder(quoted.Length);
        for (var i = 1; i < quoted.Length - 1; i++)
        {
            if (quoted[i] != '\\')
            {
                text.Append(quoted[i]);
                continue;
            }

            i++;
            text.Append(quoted[i] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)ushort.Parse(quoted.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                var other => other,
            });
            i += quoted[i] == 'u' ? 4 : 0;
        }

        return text.ToString();
    }
}
