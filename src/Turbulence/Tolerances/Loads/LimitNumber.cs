using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Tolerances.Loads;

/// <summary>A number as a limit says it; what the environment gives is a text.</summary>
internal static class LimitNumber
{
    /// <summary>Reads one.</summary>
    public static bool TryRead(JsonNode? node, out double number) =>
        JsonNumbers.TryReadDouble(node, out number)
        || (JsonTexts.TryRead(node, out var text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number));

    /// <summary>The number of a limit that nothing is wrong with.</summary>
    public static double Of(JsonNode? node) => TryRead(node, out var number) ? number : double.NaN;
}
