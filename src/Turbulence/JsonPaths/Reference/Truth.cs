using System.Text.Json.Nodes;
using Turbulence.Python;

namespace Turbulence.JsonPaths.Reference;

/// <summary>A value by itself as a condition: <c>?(true)</c>, <c>?([])</c>.</summary>
internal sealed class Truth(JsonNode? literal) : Condition
{
    private readonly bool _holds = PythonTruth.Of(literal);

    public override bool Holds(Evaluation evaluation, JsonNode? current) => _holds;
}
