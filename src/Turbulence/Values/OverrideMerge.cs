using System.Text.Json.Nodes;

namespace Turbulence.Values;

/// <summary>Merges maps of definitions.</summary>
internal static class OverrideMerge
{
    /// <summary>Puts copies of <paramref name="source"/>'s entries into <paramref name="target"/>.</summary>
    /// <param name="target">Is changed.</param>
    /// <param name="source">Wins.</param>
    /// <param name="deep">Whether a map is merged with the map it meets, key by key, instead of taking its place.</param>
    public static void Into(JsonObject target, JsonObject source, bool deep)
    {
        foreach (var (key, value) in source)
        {
            if (deep && value is JsonObject given && IsPlain(given) && target[key] is JsonObject there && IsPlain(there))
            {
                Into(there, given, deep);
            }
            else
            {
                target[key] = value?.DeepClone();
            }
        }
    }

    // A definition ({"type": "env", ...}) is one thing: half of one and half of another make none.
    private static bool IsPlain(JsonObject map) => !map.ContainsKey("type");
}
