using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Python;

namespace Turbulence.Activities.Http;

/// <summary>
/// Writes arguments as <c>application/x-www-form-urlencoded</c>, for a query or a body: a list repeats its key, a null is
/// left out, a boolean is <c>True</c> or <c>False</c>, of a map within a map only the keys count. So does the reference.
/// </summary>
internal static class FormText
{
    /// <summary>Writes <paramref name="arguments"/>.</summary>
    /// <param name="arguments">A map, a list of pairs, a text, which stays as it is, or nothing.</param>
    /// <param name="text">The encoded pairs; empty for nothing.</param>
    /// <returns>False when <paramref name="arguments"/> is none of these.</returns>
    public static bool TryWrite(JsonNode? arguments, out string text)
    {
        var pairs = new StringBuilder();
        text = "";
        switch (arguments)
        {
            case JsonObject map:
                foreach (var (key, value) in map)
                {
                    AppendValues(pairs, key, value);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    if (item is not JsonArray { Count: 2 } pair)
                    {
                        return false;
                    }

                    AppendValues(pairs, PythonText.Of(pair[0]), pair[1]);
                }

                break;
            case JsonValue when JsonScalars.Text(arguments) is { } raw:
                text = raw;
                return true;
            default:
                return !PythonTruth.Of(arguments);
        }

        text = pairs.ToString();
        return true;
    }

    private static void AppendValues(StringBuilder pairs, string key, JsonNode? value)
    {
        switch (value)
        {
            case null:
                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    AppendItem(pairs, key, item);
                }

                break;
            case JsonObject map:
                foreach (var (name, _) in map)
                {
                    Append(pairs, key, name);
                }

                break;
            default:
                Append(pairs, key, PythonText.Of(value));
                break;
        }
    }

    private static void AppendItem(StringBuilder pairs, string key, JsonNode? item)
    {
        if (item is not JsonArray inner)
        {
            AppendValues(pairs, key, item);
            return;
        }

        foreach (var value in inner)
        {
            Append(pairs, key, PythonText.Of(value));
        }
    }

    private static void Append(StringBuilder pairs, string key, string value)
    {
        pairs.Append(pairs.Length == 0 ? "" : "&").Append(Escape(key)).Append('=').Append(Escape(value));
    }

    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
