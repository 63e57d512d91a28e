using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.DotNetWorker.Protocol;
using Turbulence.DotNetWorker.Values;

namespace Turbulence.DotNetWorker.Controls;

/// <summary>The objects of a run that a hook is shown, and what it makes of them.</summary>
internal sealed class HookScene
{
    private static readonly string[] Changeable = ["context", "state", "experiment", "configuration", "secrets"];

    private readonly JsonElement given;
    private readonly Dictionary<string, JsonNode?> shown = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonNode?> before = new(StringComparer.Ordinal);

    /// <summary>Takes the objects out of a <em>hook</em> of the protocol.</summary>
    public HookScene(JsonElement given) => this.given = given;

    /// <summary>An object as nodes that the hook may change; the same nodes each time.</summary>
    public JsonNode? Show(string name)
    {
        if (shown.TryGetValue(name, out var known))
        {
            return known;
        }

        // The context is a part of the experiment, and a change of the one is a change of the other.
        var node = name == "context" && given.Member("experiment"u8).ValueKind != JsonValueKind.Undefined && given.Text(
            "contextPointer"u8) is { } pointer
            && NodePointer.Find(Show("experiment"), pointer) is { } part ? part : JsonValues.ToNode(Given(name));
        shown[name] = node;
        before[name] = node?.DeepClone();
        return node;
    }

    /// <summary>An object as it came.</summary>
    public JsonElement Given(string name) =>
        given.ValueKind == JsonValueKind.Object && given.TryGetProperty(name, out var value) ? value
        : name == "context" && Show("context") is { } context ? JsonSerializer.SerializeToElement(context)
        : JsonText.Null;

    /// <summary>Writes the objects that are not what they were, each as a whole; nothing where all are.</summary>
    public void WriteChanges(Utf8JsonWriter json)
    {
        var changed = Changeable.Where(name => shown.TryGetValue(name, out var now) && !JsonNode.DeepEquals(now, before[name])).ToArray();
        if (changed.Length == 0)
        {
            return;
        }

        json.WriteStartObject("changes"u8);
        foreach (var name in changed)
        {
            json.WritePropertyName(name);
            if (shown[name] is { } node)
            {
                node.WriteTo(json);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndObject();
    }
}
