using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Python;

namespace Turbulence.Values;

/// <summary>
/// Replaces <c>${name}</c> in any JSON value. <c>$name</c> is replaced too and <c>$$</c> gives a dollar sign, as in the
/// reference format; a name is <c>[A-Za-z_][A-Za-z0-9_]*</c> and every other dollar sign stays.
/// </summary>
public static class Substitution
{
    /// <summary>A copy of <paramref name="template"/> with every placeholder replaced; the template is never changed.</summary>
    /// <param name="template">Any JSON value. Only its texts are looked at; the keys of maps stay.</param>
    /// <param name="values">Where names are looked up.</param>
    /// <param name="unresolved">Receives each name that was written as <c>${name}</c> and has no value; its text stays as it was.</param>
    /// <returns> The value; a map that cannot be read (<see cref="JsonMaps.IsReadable"/>) comes back as it is. A text that is exactly one
    /// <c>${name}</c> becomes the named value with its type; in any other text the value's text form is put in. </returns>
    public static JsonNode? Apply(JsonNode? template, ResolvedValues values, ICollection<string>? unresolved = null) => template switch
    {
        JsonObject map when JsonMaps.IsReadable(map) => Map(map, values, unresolved),
        JsonArray list => List(list, values, unresolved),
        JsonValue value when JsonTexts.TryRead(value, out var text) => Text(text, values, unresolved),
        _ => template?.DeepClone(),
    };

    private static JsonObject Map(JsonObject map, ResolvedValues values, ICollection<string>? unresolved)
    {
        var copy = new JsonObject();
        foreach (var (key, value) in map)
        {
            copy[key] = Apply(value, values, unresolved);
        }

        return copy;
    }

    private static JsonArray List(JsonArray list, ResolvedValues values, ICollection<string>? unresolved)
    {
        var copy = new JsonArray();
        foreach (var item in list)
        {
            copy.Add(Apply(item, values, unresolved));
        }

        return copy;
    }

    private static JsonNode? Text(string text, ResolvedValues values, ICollection<string>? unresolved)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
        {
            return JsonValue.Create(text);
        }

        if (text.StartsWith("${", StringComparison.Ordinal) && NameEnd(text, 2) == text.Length - 1 && text[^1] == '}')
        {
            var name = text[2..^1];
            if (values.TryGet(name, out var whole))
            {
                return whole?.DeepClone();
            }

            unresolved?.Add(name);
            return JsonValue.Create(text);
        }

        return JsonValue.Create(Interpolate(text, values, unresolved));
    }

    private static string Interpolate(string text, ResolvedValues values, ICollection<string>? unresolved)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                result.Append(text[i++]);
                continue;
            }

            if (text[i + 1] == '$')
            {
                result.Append('$');
                i += 2;
                continue;
            }

            var braced = text[i + 1] == '{';
            var start = braced ? i + 2 : i + 1;
            var end = NameEnd(text, start);
            if (end == start || (braced && (end == text.Length || text[end] != '}')))
            {
                result.Append(text[i++]);
                continue;
            }

            var name = text[start..end];
            var next = braced ? end + 1 : end;
            if (values.TryGet(name, out var value))
            {
                result.Append(PythonText.Of(value));
            }
            else
            {
                if (braced)
                {
                    unresolved?.Add(name);
                }

                result.Append(text, i, next - i);
            }

            i = next;
        }

        return result.ToString();
    }

    private static int NameEnd(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] == '_' || (end > start && char.IsAsciiDigit(text[end]))))
        {
            end++;
        }

        return end;
    }
}
