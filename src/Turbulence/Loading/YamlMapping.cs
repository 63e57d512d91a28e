using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Python;
using YamlDotNet.Core;

namespace Turbulence.Loading;

/// <summary>
/// The members of one mapping while it is read. What <c>&lt;&lt;</c> merges stands first and gives way to the mapping's own
/// members; of several merged mappings in one list the first wins.
/// </summary>
/// <param name="path">The way to the mapping.</param>
internal sealed class YamlMapping(DocumentPath path)
{
    private readonly JsonObject merged = [];
    private readonly OrderedDictionary<string, (JsonNode? Key, JsonNode? Value)> own = [];

    /// <summary>The name that JSON gives a key: a number, a boolean or null becomes its text.</summary>
    /// <returns>Null for a list or an object, which can not be a name.</returns>
    public static string? Name(JsonNode? key) => key switch
    {
        null => "null",
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => PythonText.Of(value),
        },
        _ => null,
    };

    /// <summary>Adds a member, in the place of one of the same name.</summary>
    /// <returns>Whether the name is new.</returns>
    public bool Add(string name, JsonNode? key, JsonNode? value)
    {
        var isNew = own.TryAdd(name, (key, value));
        if (!isNew)
        {
            own[name] = (key, value);
        }

        return isNew;
    }

    /// <summary>Merges the value of <c>&lt;&lt;</c>.</summary>
    /// <param name="value">A mapping, or a list of mappings.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="copy">Makes a copy of a member; the merged mapping may be named by an alias later.</param>
    public void Merge(JsonNode? value, Mark place, Func<JsonNode?, JsonNode?> copy)
    {
        switch (value)
        {
            case JsonObject single:
                Take(single, copy);
                break;
            case JsonArray list when list.All(item => item is JsonObject):
                foreach (var item in list.Reverse().OfType<JsonObject>())
                {
                    Take(item, copy);
                }

                break;
            default:
                throw new YamlRefusal(path["<<"], place, "'<<' merges an object or a list of objects");
        }
    }

    /// <summary>The mapping as an object.</summary>
    public JsonObject ToObject()
    {
        foreach (var (name, (_, value)) in own)
        {
            merged[name] = value;
        }

        return merged;
    }

    /// <summary>The mapping as a set: its keys, in their order.</summary>
    public JsonArray ToKeys() => new([.. own.Values.Select(member => member.Key)]);

    private void Take(JsonObject members, Func<JsonNode?, JsonNode?> copy)
    {
        foreach (var (name, value) in members)
        {
            merged[name] = copy(value);
        }
    }
}
