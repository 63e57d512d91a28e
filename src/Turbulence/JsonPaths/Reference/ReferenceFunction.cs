using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Reference;

/// <summary>A function of the dialect. Where it does not fit the node or the arguments it has no value and the path ends.</summary>
internal abstract class ReferenceFunction(string name)
{
    private static readonly ReferenceFunction[] All =
    [
        new LengthCall(), new KeysCall(), new ValuesCall(), new EntriesCall(), new CharAtCall(), new SubstringCall(),
    ];

    /// <summary>The function of that name; null when there is none.</summary>
    public static ReferenceFunction? Find(string name) => Array.Find(All, function => function.Name == name);

    public string Name => name;

    /// <summary>Calls it on a node; false when it has no value there.</summary>
    public abstract bool TryCall(Evaluation evaluation, JsonNode? node, IReadOnlyList<JsonNode?> arguments, out JsonNode? value);
}
