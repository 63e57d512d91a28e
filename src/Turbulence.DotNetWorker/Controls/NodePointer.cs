using System.Globalization;
using System.Text.Json.Nodes;

namespace Turbulence.DotNetWorker.Controls;

/// <summary>JSON pointers (RFC 6901) into nodes.</summary>
internal static class NodePointer
{
    /// <summary>The node that a pointer leads to, or null.</summary>
    public static JsonNode? Find(JsonNode? root, string pointer)
    {
        if (pointer.Length == 0)
        {
            return root;
        }

        var at = pointer[0] == '/' ? root : null;
        foreach (var step in pointer[1..].Split('/'))
        {
            var key = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            at = at switch
            {
                JsonObject map => map[key],
                JsonArray list when int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < list.Count => list[index],
                _ => null,
            };
        }

        return at;
    }
}
