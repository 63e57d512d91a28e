using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Turbulence.Loading;

/// <summary>
/// The anchored values of a document. An alias becomes a copy of its own, so that nobody who changes one place changes
/// another; how many values all copies may have together is bounded.
/// </summary>
internal sealed class YamlAnchors
{
    private readonly Dictionary<AnchorName, JsonNode?> complete = [];
    private readonly HashSet<AnchorName> open = [];
    private int copied;

    /// <summary>The value with this anchor begins; an empty anchor is none.</summary>
    public void Begin(AnchorName anchor)
    {
        if (!anchor.IsEmpty)
        {
            open.Add(anchor);
        }
    }

    /// <summary>The value with this anchor is whole.</summary>
    public void End(AnchorName anchor, JsonNode? node)
    {
        if (!anchor.IsEmpty)
        {
            open.Remove(anchor);
            complete[anchor] = node;
        }
    }

    /// <summary>A copy of the value that an alias names. Its parts keep their places; it stands where the alias stands.</summary>
    public JsonNode? Copy(AnchorAlias alias, DocumentPath path, int depth, DocumentMap map)
    {
        if (open.Contains(alias.Value))
        {
            throw new YamlRefusal(path, alias.Start, $"the alias *{alias.Value.Value} stands within the value that it names");
        }

        if (!complete.TryGetValue(alias.Value, out var original))
        {
            throw new YamlRefusal(path, alias.Start, $"the alias *{alias.Value.Value} names no anchor before it");
        }

        var copy = Copy(original, alias.Start, path, depth, map);
        if (copy is not null)
        {
            map.Note(copy, alias.Start.ToPosition());
        }

        return copy;
    }

    /// <summary>A copy of a value that has to stay whole for the aliases to come.</summary>
    /// <param name="node">The value.</param>
    /// <param name="place">The alias or merge that asks for it.</param>
    /// <param name="path">The way to where the copy will stand.</param>
    /// <param name="depth">How many lists and objects are around it there.</param>
    /// <param name="map">Knows the places of the original's parts.</param>
    public JsonNode? Copy(JsonNode? node, Mark place, DocumentPath path, int depth, DocumentMap map)
    {
        if (++copied > YamlDocumentReader.MaximumAliasedValues)
        {
            throw new YamlRefusal(path, place, string.Create(
                CultureInfo.InvariantCulture,
                $"aliases would add more than {YamlDocumentReader.MaximumAliasedValues} values to the document"));
        }

        if (depth >= ParsedDocument.MaximumDepth && node is (JsonArray or JsonObject))
        {
            throw new YamlRefusal(path, place, string.Create(
                CultureInfo.InvariantCulture,
                $"with this alias, lists and objects are nested deeper than {ParsedDocument.MaximumDepth} levels"));
        }

        var copy = node switch
        {
            JsonObject members => new JsonObject(members.Select(
                member => KeyValuePair.Create(member.Key, Copy(member.Value, place, path, depth + 1, map)))),
            JsonArray list => new JsonArray([.. list.Select(item => Copy(item, place, path, depth + 1, map))]),
            _ => node?.DeepClone(),
        };
        if (copy is not null && map.Find(node!) is { } position)
        {
            map.Note(copy, position);
        }

        return copy;
    }
}
