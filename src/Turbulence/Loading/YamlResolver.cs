using System.Buffers.Text;
using System.Text.Json.Nodes;

namespace Turbulence.Loading;

/// <summary>
/// Finds out what a scalar is: by the implicit types of YAML 1.1, as the reference's loader narrows them, or by its tag.
/// </summary>
internal static class YamlResolver
{
    /// <summary>What a plain scalar without a tag means.</summary>
    public static YamlScalar Plain(string text)
    {
        if (IsNull(text))
        {
            return default;
        }

        if (Boolean(text) is { } flag)
        {
            return new YamlScalar(JsonValue.Create(flag), BooleanSurprise(text, flag));
        }

        // Each other type begins with one of these; most texts do not.
        return text[0] is '-' or '+' or '.' or (>= '0' and <= '9')
            ? YamlNumber.Plain(text) ?? YamlTimestamp.Plain(text) ?? Text(text, YamlNumber.TextSurprise(text))
            : Text(text);
    }

    /// <summary>What a scalar with a tag means.</summary>
    /// <param name="tag">The tag's short form.</param>
    /// <param name="text">The scalar's content.</param>
    /// <returns>Null where the tag is not one for scalars.</returns>
    public static YamlScalar? Tagged(string tag, string text) => tag switch
    {
        YamlTags.Text => Text(text),
        YamlTags.Null => default(YamlScalar),
        YamlTags.Boolean => Boolean(text.ToLowerInvariant()) is { } flag
            ? new YamlScalar(JsonValue.Create(flag))
            : YamlScalar.Refused($"'{text}' is not a boolean"),
        YamlTags.Integer => YamlNumber.Integer(text),
        YamlTags.Float => YamlNumber.Float(text),
        YamlTags.Timestamp => YamlTimestamp.Plain(text) ?? YamlScalar.Refused($"'{text}' is not a timestamp"),
        YamlTags.Binary => Binary(text),
        _ => null,
    };

    private static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    private static bool? Boolean(string text) => text switch
    {
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => true,
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => false,
        _ => null,
    };

    private static string? BooleanSurprise(string text, bool flag) => text[0] is 't' or 'T' or 'f' or 'F'
        ? null
        : $"'{text}' is read as {(flag ? "true" : "false")}; put it in quotes for a text, or write {(flag ? "true" : "false")}";

    private static YamlScalar Text(string text, string? surprise = null) => new(JsonValue.Create(text), surprise);

    /// <summary>Bytes have no JSON form but their Base64 text, which is what is kept.</summary>
    private static YamlScalar Binary(string text) => Base64.IsValid(text)
        ? Text(string.Concat(text.Where(c => !char.IsWhiteSpace(c))))
        : YamlScalar.Refused("the content is not Base64");
}
