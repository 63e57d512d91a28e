using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Activities.Processes;

/// <summary>The <c>timeout</c> of a process: seconds, fractions allowed.</summary>
internal static class ProcessTimeout
{
    // More than a timer can measure, about 49 days, is no limit.
    private const double Longest = 4_294_967;

    /// <summary>Reads a number; true counts as 1 and false as 0, as in the reference, and less than nothing is nothing.</summary>
    /// <param name="node">The value; null for no limit.</param>
    /// <param name="acceptText">Whether a text that is a number will do, as an environment variable gives it.</param>
    /// <param name="timeout">The limit; null for none.</param>
    public static bool TryRead(JsonNode? node, bool acceptText, out TimeSpan? timeout)
    {
        timeout = null;
        double? seconds = node?.GetValueKind() switch
        {
            null => double.PositiveInfinity,
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            JsonValueKind.Number => Parse(node.ToJsonString()),
            JsonValueKind.String when acceptText => JsonTexts.TryRead(node, out var text) ? Parse(text) : null,
            _ => null,
        };
        if (seconds is null or double.NaN)
        {
            return false;
        }

        timeout = seconds < Longest ? TimeSpan.FromSeconds(Math.Max(0, seconds.Value)) : null;
        return true;
    }

    /// <summary>What is wrong with a value that cannot be read.</summary>
    public static string Problem(JsonNode? node) =>
        $"the timeout of a process must be a number of seconds, not {node?.ToJsonString() ?? "null"}";

    private static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
