using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Values;

namespace Turbulence.Services;

/// <summary>
/// Replaces <c>${name}</c> in what describes a service. Commands of a shell stand there, which have a use of their own for the dollar sign:
/// every other one stays as it is (<c>$$</c>, <c>$HOME</c>), and <c>$${name}</c> is what gives <c>${name}</c>.
/// </summary>
internal static class ServicePlaceholders
{
    /// <summary>A copy of <paramref name="template"/> with every placeholder replaced.</summary>
    /// <param name="template">Any JSON value. Only its texts are looked at; the keys of maps stay.</param>
    /// <param name="values">Where names are looked up.</param>
    /// <param name="unresolved">Receives each name that has no value.</param>
    public static JsonNode? Apply(JsonNode? template, ResolvedValues values, ICollection<string> unresolved) => template switch
    {
        JsonObject map when JsonMaps.IsReadable(map) =>
            new JsonObject(map.Select(member => KeyValuePair.Create(member.Key, Apply(member.Value, values, unresolved)))),
        JsonArray list => new JsonArray([.. list.Select(item => Apply(item, values, unresolved))]),
        JsonValue value when JsonTexts.TryRead(value, out var text) =>
            Substitution.Apply(JsonValue.Create(Others(text)), values, unresolved),
        _ => template?.DeepClone(),
    };

    /// <summary>Whether a value is a text with a placeholder, so that what it says is known only when a run asks for it.</summary>
    public static bool IsIn(JsonNode? node)
    {
        if (!JsonTexts.TryRead(node, out var text))
        {
            return false;
        }

        for (var at = 0; (at = text.IndexOf('$', at)) >= 0; at += Escaped(text, at) ? 3 : 1)
        {
            if (Length(text, at) > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text with every dollar sign doubled that is none of a placeholder's: what is doubled comes back as it was.</summary>
    private static string Others(string text)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var length = Escaped(text, at) ? 3 : Length(text, at);
            result.Append(length > 0 || text[at] != '$' ? "" : "$").Append(text, at, Math.Max(length, 1));
            at += Math.Max(length, 1);
        }

        return result.ToString();
    }

    private static bool Escaped(string text, int at) =>
        text.AsSpan(at).StartsWith("$${", StringComparison.Ordinal) && Length(text, at + 1) > 0;

    /// <summary>How long the placeholder is that begins at a place; 0 where none does.</summary>
    private static int Length(string text, int at)
    {
        if (!text.AsSpan(at).StartsWith("${", StringComparison.Ordinal))
        {
            return 0;
        }

        var end = at + 2;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] == '_' || (end > at + 2 && char.IsAsciiDigit(text[end]))))
        {
            end++;
        }

        return end > at + 2 && end < text.Length && text[end] == '}' ? end + 1 - at : 0;
    }
}
