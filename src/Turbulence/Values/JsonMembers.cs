using System.Text.Json.Nodes;

namespace Turbulence.Values;

/// <summary>Reads the members of JSON maps.</summary>
internal static class JsonMembers
{
    /// <summary>The text at <paramref name="key"/>; null where there is none.</summary>
    public static string? Text(this JsonObject map, string key) => JsonTexts.TryRead(map[key], out var text) ? text : null;
}
