using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Turbulence.Loading;

/// <summary>Puts the events of a YAML text together.</summary>
/// <param name="parser">Gives the events.</param>
internal sealed class YamlDocumentBuilder(IParser parser)
{
    private readonly DocumentMap map = new();
    private readonly YamlAnchors anchors = new();

    /// <summary>What somebody should look at.</summary>
    public List<Problem> Warnings { get; } = [];

    private ParsingEvent Current => parser.Current!;

    /// <summary>Reads the one document of the stream.</summary>
    public ParsedDocument Build()
    {
        parser.MoveNext();
        parser.MoveNext();
        if (Current is StreamEnd)
        {
            return new ParsedDocument(map, Warnings);
        }

        parser.MoveNext();
        map.Root = Read(DocumentPath.Root, 0);
        parser.MoveNext();
        if (Current is DocumentStart second)
        {
            throw new YamlRefusal(DocumentPath.Root, second.Start, "a second document begins here; an experiment is one document");
        }

        return new ParsedDocument(map, Warnings);
    }

    /// <summary>Reads the value that begins at the current event, and moves behind it.</summary>
    private JsonNode? Read(DocumentPath path, int depth)
    {
        var first = Current;
        if (depth >= ParsedDocument.MaximumDepth && first is NodeEvent and not Scalar)
        {
            throw new YamlRefusal(path, first.Start, string.Create(
                CultureInfo.InvariantCulture, $"lists and objects are nested deeper than {ParsedDocument.MaximumDepth} levels"));
        }

        if (first is AnchorAlias alias)
        {
            parser.MoveNext();
            return anchors.Copy(alias, path, depth, map);
        }

        if (first is not NodeEvent value)
        {
            throw new YamlRefusal(path, first.Start, "expected a value");
        }

        var anchor = value.Anchor;
        anchors.Begin(anchor);
        var node = first switch
        {
            Scalar scalar => ReadScalar(scalar, path),
            SequenceStart start => ReadSequence(start, path, depth),
            MappingStart start => ReadMapping(start, path, depth),
            _ => throw new YamlRefusal(path, first.Start, "this is not a value"),
        };
        if (node is not null)
        {
            map.Note(node, first.Start.ToPosition());
        }

        anchors.End(anchor, node);
        return node;
    }

    private JsonValue? ReadScalar(Scalar scalar, DocumentPath path)
    {
        parser.MoveNext();
        if (scalar.Style == ScalarStyle.Plain && HoldsColon(scalar.Value))
        {
            throw new YamlRefusal(path, scalar.Start, "': ' within a text must stand in quotes");
        }

        var tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.Value;
        var meaning = tag switch
        {
            "" when scalar.Style != ScalarStyle.Plain => new YamlScalar(JsonValue.Create(scalar.Value)),
            "" or "!" => YamlResolver.Plain(scalar.Value),
            _ => YamlResolver.Tagged(YamlTags.Short(tag), scalar.Value) ?? throw Unknown(scalar, path),
        };
        if (meaning.Refusal is { } refusal)
        {
            throw new YamlRefusal(path, scalar.Start, refusal);
        }

        if (meaning.Surprise is { } surprise)
        {
            Warn(new Problem(path.ToString(), scalar.Start.ToPosition(), surprise, ProblemSeverity.Warning));
        }

        return meaning.Value;
    }

    private JsonArray ReadSequence(SequenceStart start, DocumentPath path, int depth)
    {
        var tag = CollectionTag(start, path);
        parser.MoveNext();
        var list = new JsonArray();
        while (Current is not SequenceEnd)
        {
            list.Add(Read(path[list.Count], depth + 1));
        }

        parser.MoveNext();
        return tag switch
        {
            "" or YamlTags.Sequence => list,
            YamlTags.OrderedMap or YamlTags.Pairs => Pairs(list, start, path, depth),
            _ => throw Unknown(start, path),
        };
    }

    private JsonNode ReadMapping(MappingStart start, DocumentPath path, int depth)
    {
        var tag = CollectionTag(start, path);
        parser.MoveNext();
        var mapping = new YamlMapping(path);
        while (Current is not MappingEnd)
        {
            var key = Current;
            if (key is Scalar { Value: "<<", Style: ScalarStyle.Plain, Tag.IsEmpty: true })
            {
                parser.MoveNext();
                var place = Current.Start;
                mapping.Merge(Read(path["<<"], depth + 1), place, value => anchors.Copy(value, place, path, depth + 1, map));
                continue;
            }

            var keyNode = Read(path, depth + 1);
            var name = YamlMapping.Name(keyNode) ?? throw new YamlRefusal(
                path, key.Start, "a name is a list or an object; only texts, numbers, booleans and null can be names");
            if (!mapping.Add(name, keyNode, Read(path[name], depth + 1)))
            {
                Warn(DuplicateName.Warning(path[name], key.Start.ToPosition(), name));
            }
        }

        parser.MoveNext();
        return tag switch
        {
            "" or YamlTags.Mapping => mapping.ToObject(),
            YamlTags.Set => mapping.ToKeys(),
            _ => throw Unknown(start, path),
        };
    }

    /// <summary>What the reference makes of <c>!!omap</c> and <c>!!pairs</c>: a list of lists of a name and a value.</summary>
    private JsonArray Pairs(JsonArray list, SequenceStart start, DocumentPath path, int depth)
    {
        var pairs = new JsonArray();
        foreach (var item in list)
        {
            if (item is not JsonObject { Count: 1 } single)
            {
                throw new YamlRefusal(
                    path[pairs.Count], start.Start, "each element of an ordered map or of pairs is an object with one member");
            }

            var (name, value) = single.First();
            JsonNode pair = new JsonArray(JsonValue.Create(name), anchors.Copy(value, start.Start, path, depth + 2, map));
            pairs.Add(pair);
        }

        return pairs;
    }

    private static string CollectionTag(NodeEvent start, DocumentPath path)
    {
        var tag = start.Tag.IsEmpty || start.Tag.Value == "!" ? "" : YamlTags.Short(start.Tag.Value);
        return tag is "" or YamlTags.Sequence or YamlTags.Mapping or YamlTags.Set or YamlTags.OrderedMap or YamlTags.Pairs
            ? tag
            : throw Unknown(start, path);
    }

    /// <summary>No plain text holds a colon before a space, but the parser lets one pass behind a word that begins with '*'.</summary>
    private static bool HoldsColon(string text) =>
        text.Contains('*', StringComparison.Ordinal)
        && (text.EndsWith(':') || text.Contains(": ", StringComparison.Ordinal) || text.Contains(":\t", StringComparison.Ordinal));

    private static YamlRefusal Unknown(NodeEvent node, DocumentPath path) => new(
        path, node.Start, $"the tag {YamlTags.Shown(node.Tag.Value)} is not supported here: an experiment holds plain values only");

    private void Warn(Problem warning)
    {
        if (Warnings.Count < ParsedDocument.MaximumWarnings)
        {
            Warnings.Add(warning);
        }
    }
}
