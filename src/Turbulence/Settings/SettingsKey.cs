using System.Globalization;
using System.Text.Json.Nodes;

namespace Turbulence.Settings;

/// <summary>
/// The way to a value of the settings, as the reference writes it: names with dots between them, a dot in a name behind a backslash
/// (<c>auths.chaos\.example\.com.type</c>), and behind a name the index of one item of its list (<c>notifications[0].url</c>).
/// </summary>
public sealed class SettingsKey
{
    private readonly List<string> segments = [];

    private SettingsKey(string key)
    {
        var start = 0;
        for (var i = 0; i <= key.Length; i++)
        {
            if (i == key.Length || (key[i] == '.' && (i == 0 || key[i - 1] != '\\')))
            {
                segments.Add(key[start..i].Replace("\\", "", StringComparison.Ordinal));
                start = i + 1;
            }
        }
    }

    /// <summary>Takes a key apart; every text is one.</summary>
    public static SettingsKey Parse(string key) => new(key);

    /// <summary>Looks the key up.</summary>
    /// <param name="root">The settings.</param>
    /// <returns>The value's place; null where there is none. A value that is null has a place.</returns>
    public SettingsPlace? Find(JsonObject root)
    {
        JsonNode? current = root;
        SettingsPlace? place = null;
        foreach (var segment in segments)
        {
            var (name, index) = Split(segment);
            if (current is not JsonObject map || !map.ContainsKey(name))
            {
                return null;
            }

            place = new SettingsPlace(map, name, 0);
            if (index is { } item)
            {
                if (map[name] is not JsonArray list || item >= list.Count)
                {
                    return null;
                }

                place = new SettingsPlace(list, null, item);
            }

            current = place.Value.Value;
        }

        return place;
    }

    private static (string Name, int? Index) Split(string segment)
    {
        var bracket = segment.LastIndexOf('[');
        return bracket >= 0 && segment[^1] == ']'
            && int.TryParse(
                segment.AsSpan(bracket + 1, segment.Length - bracket - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? (segment[..bracket], index)
            : (segment, null);
    }
}
