using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Reference;

/// <summary>Reads the JSON values of the dialect, whose texts and keys keep their escapes.</summary>
internal sealed class ReferenceValueParser(ReferenceReader reader)
{
    /// <summary>Reads a value; false when there is none.</summary>
    public bool TryRead(out JsonNode? value)
    {
        var token = reader.Next;
        value = token switch
        {
            { Kind: ReferenceTokenKind.Text } => token.Text,
            { Kind: ReferenceTokenKind.Number } => JsonNode.Parse(token.Text),
            { Kind: ReferenceTokenKind.Sign, Text: "true" } => true,
            { Kind: ReferenceTokenKind.Sign, Text: "false" } => false,
            _ => null,
        };
        if (value is not null || reader.At("null"))
        {
            reader.Advance();
            return true;
        }

        if (!reader.At("[") && !reader.At("{"))
        {
            return reader.FailExpected("a path or a JSON value");
        }

        value = reader.At("[") ? List() : Map();
        return value is not null;
    }

    private JsonArray? List()
    {
        reader.Take("[");
        var list = new JsonArray();
        if (reader.Take("]"))
        {
            return list;
        }

        if (!reader.Enter())
        {
            return null;
        }

        do
        {
            if (!TryRead(out var item))
            {
                return null;
            }

            list.Add(item);
        }
        while (reader.Take(","));
        return reader.Leave("]") ? list : null;
    }

    private JsonObject? Map()
    {
        reader.Take("{");
        var map = new JsonObject();
        if (reader.Take("}"))
        {
            return map;
        }

        if (!reader.Enter())
        {
            return null;
        }

        do
        {
            if (reader.Next.Kind != ReferenceTokenKind.Text)
            {
                reader.FailExpected("a key in double quotes");
                return null;
            }

            var key = reader.Advance().Text;
            if (!reader.Take(":"))
            {
                reader.FailExpected("':'");
                return null;
            }

            if (!TryRead(out var value))
            {
                return null;
            }

            map[key] = value;
        }
        while (reader.Take(","));
        return reader.Leave("}") ? map : null;
    }
}
