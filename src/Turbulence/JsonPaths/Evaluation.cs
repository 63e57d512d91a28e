using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.JsonPaths;

/// <summary>One evaluation of a query on one document: its root, the work done so far, and what stopped it.</summary>
internal sealed class Evaluation(JsonNode? root)
{
    // A second or so of work. Without a bound a short query on a small document can ask for more nodes than there is memory.
    private const int MaxSteps = 5_000_000;

    private int _steps;

    public JsonNode? Root => root;

    /// <summary>Why there is no answer; the first reason wins.</summary>
    public string? Problem { get; private set; }

    public bool Failed => Problem is not null;

    /// <summary>Stops the evaluation.</summary>
    /// <returns>False, for the caller to return.</returns>
    public bool Fail(string problem)
    {
        Problem ??= problem;
        return false;
    }

    /// <summary>Counts one node that is looked at, or as many as something costs.</summary>
    /// <returns>Whether to go on.</returns>
    public bool Step(int cost = 1) =>
        !Failed && ((_steps += cost) <= MaxSteps || Fail($"the query looks at more than {MaxSteps:N0} values"));

    /// <summary>Adds a node to a result.</summary>
    /// <returns>Whether to go on.</returns>
    public bool Add(JsonNode? node, List<JsonNode?> result)
    {
        if (!Step())
        {
            return false;
        }

        result.Add(node);
        return true;
    }

    /// <summary>Whether the members of a map can be read; stops the evaluation when not.</summary>
    public bool CanRead(JsonObject map) =>
        JsonMaps.IsReadable(map) || Fail("the document has a map with the same key twice, or with a key that is no Unicode text");

    /// <summary>How many children a node has; none where it is neither list nor map.</summary>
    public int CountChildren(JsonNode? node) => node switch
    {
        JsonArray list => list.Count,
        JsonObject map when CanRead(map) => map.Count,
        _ => 0,
    };

    /// <summary>The child at an index below <see cref="CountChildren"/>, in document order.</summary>
    public static JsonNode? Child(JsonNode? node, int index) =>
        node is JsonObject map ? map.GetAt(index).Value : ((JsonArray)node!)[index];
}
