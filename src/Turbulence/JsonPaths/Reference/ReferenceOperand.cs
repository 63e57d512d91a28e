using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Reference;

/// <summary>A path or a JSON value, where the dialect takes either: on a side of an operator and as an argument.</summary>
internal sealed class ReferenceOperand
{
    private readonly NodePath? _path;
    private readonly JsonNode?[] _literal = [];

    public ReferenceOperand(NodePath path) => _path = path;

    public ReferenceOperand(JsonNode? literal) => _literal = [literal];

    /// <summary>The nodes of the path, or the one value.</summary>
    public IReadOnlyList<JsonNode?> Values(Evaluation evaluation, JsonNode? current) =>
        _path?.Select(evaluation, current) ?? (IReadOnlyList<JsonNode?>)_literal;

    /// <summary>What it means as a condition by itself: that the path leads anywhere, that the value is true in Python's sense.</summary>
    public Condition AsCondition() => _path is null ? new Truth(_literal[0]) : new Existence(_path);
}
