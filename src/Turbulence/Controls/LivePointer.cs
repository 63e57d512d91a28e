using System.Globalization;
using System.Text.Json.Nodes;

namespace Turbulence.Controls;

/// <summary>Where a node stands inside another one.</summary>
internal static class LivePointer
{
    /// <summary>The JSON pointer that leads from <paramref name="root"/> to <paramref name="node"/>; null where none does.</summary>
    public static string? Of(JsonNode node, JsonNode root)
    {
        var steps = new Stack<string>();
        for (var at = node; !ReferenceEquals(at, root); at = at.Parent)
        {
            if (at.Parent is null)
            {
                return null;
            }

            steps.Push(at.Parent is JsonArray list
                ? list.IndexOf(at).ToString(CultureInfo.InvariantCulture)
                : at.GetPropertyName().Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }

        return string.Concat(steps.Select(step => "/" + step));
    }
}
