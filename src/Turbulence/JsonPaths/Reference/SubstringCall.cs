using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.JsonPaths.Reference;

/// <summary><c>substring(a[,b])</c>: the code points of a text from one index up to another, as Python slices.</summary>
internal sealed class SubstringCall() : ReferenceFunction("substring")
{
    public override bool TryCall(Evaluation evaluation, JsonNode? node, IReadOnlyList<JsonNode?> arguments, out JsonNode? value)
    {
        value = null;
        if (!JsonTexts.TryRead(node, out var text)
            || arguments.Count is 0 or > 2
            || !PythonInteger.TryRead(arguments[0], out var start))
        {
            return false;
        }

        var count = CodePoints.Count(text);
        long end = count;
        if (arguments.Count == 2 && !PythonInteger.TryRead(arguments[1], out end))
        {
            return false;
        }

        var (from, to) = (Within(start, count), Within(end, count));
        value = from < to ? CodePoints.Slice(text, from, to) : "";
        return true;
    }

    private static int Within(long index, int count) => (int)Math.Clamp(index < 0 ? index + count : index, 0, count);
}
