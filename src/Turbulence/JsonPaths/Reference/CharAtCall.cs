using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.JsonPaths.Reference;

/// <summary><c>charAt(i)</c>: the code point of a text at an index, which counts from the end when negative.</summary>
internal sealed class CharAtCall() : ReferenceFunction("charAt")
{
    public override bool TryCall(Evaluation evaluation, JsonNode? node, IReadOnlyList<JsonNode?> arguments, out JsonNode? value)
    {
        value = null;
        if (!JsonTexts.TryRead(node, out var text) || arguments is not [var position] || !PythonInteger.TryRead(position, out var index))
        {
            return false;
        }

        var count = CodePoints.Count(text);
        index += index < 0 ? count : 0;
        if (index < 0 || index >= count)
        {
            return false;
        }

        value = CodePoints.Slice(text, (int)index, (int)index + 1);
        return true;
    }
}
