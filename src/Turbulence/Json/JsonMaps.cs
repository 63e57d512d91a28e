using System.Text.Json.Nodes;

namespace Turbulence.Json;

/// <summary>
/// Tells which JSON maps can be read: JsonNode parses a map with the same key twice and throws only when it is looked at.
/// </summary>
public static class JsonMaps
{
    /// <summary>
    /// Whether the members of <paramref name="map"/> can be read without an exception. False for a map that was parsed with a
    /// key twice, or with a key that is half a surrogate pair.
    /// </summary>
    public static bool IsReadable(JsonObject map)
    {
        try
        {
            return map.Count >= 0;
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
