using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.JsonPaths.Reference;

/// <summary>What Python takes for an integer when it looks for an index.</summary>
internal static class PythonInteger
{
    // No list is as long, and adding a length to it does not overflow.
    private const long Beyond = long.MaxValue / 4;

    /// <summary>Reads an integer, or a boolean as 1 and 0; integers beyond any length are cut off at one that is beyond, too.</summary>
    public static bool TryRead(JsonNode? node, out long integer)
    {
        integer = 0;
        if (node is JsonValue value && value.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
        {
            integer = node.GetValueKind() == JsonValueKind.True ? 1 : 0;
            return true;
        }

        return JsonNumbers.TryReadText(node, out var text) && TryParse(text, out integer);
    }

    /// <summary>Reads the text of a JSON number; false when it has a point or an exponent.</summary>
    public static bool TryParse(string text, out long integer)
    {
        integer = 0;
        if (!JsonNumbers.IsIntegerText(text))
        {
            return false;
        }

        integer = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exact)
            ? Math.Clamp(exact, -Beyond, Beyond)
            : text[0] == '-' ? -Beyond : Beyond;
        return true;
    }
}
