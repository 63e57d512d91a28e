using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Python;

namespace Turbulence.JsonPaths.Reference;

/// <summary>An operator of the dialect, with the way it is written.</summary>
internal sealed class ReferenceOperator
{
    private static readonly ReferenceOperator[] All =
    [
        new("=", (_, a, b) => PythonEquality.Equal(a, b)),
        new("!=", (_, a, b) => !PythonEquality.Equal(a, b)),
        new("<", (_, a, b) => PythonNumber.TryCompare(a, b, out var order) && order < 0),
        new("<=", (_, a, b) => PythonNumber.TryCompare(a, b, out var order) && order <= 0),
        new(">", (_, a, b) => PythonNumber.TryCompare(a, b, out var order) && order > 0),
        new(">=", (_, a, b) => PythonNumber.TryCompare(a, b, out var order) && order >= 0),
        new("contains", Contains),
    ];

    private readonly string _written;
    private readonly Func<Evaluation, JsonNode?, JsonNode?, bool> _holds;

    private ReferenceOperator(string written, Func<Evaluation, JsonNode?, JsonNode?, bool> holds)
    {
        _written = written;
        _holds = holds;
    }

    /// <summary>The operator that is written so; null when there is none.</summary>
    public static ReferenceOperator? Find(string written) => Array.Find(All, candidate => candidate._written == written);

    public bool Holds(Evaluation evaluation, JsonNode? left, JsonNode? right) => _holds(evaluation, left, right);

    private static bool Contains(Evaluation evaluation, JsonNode? left, JsonNode? right)
    {
        if (JsonTexts.TryRead(left, out var text))
        {
            return JsonTexts.TryRead(right, out var part)
                ? text.Contains(part, StringComparison.Ordinal)
                : evaluation.Fail("contains: a text is asked for something that is no text");
        }

        return left switch
        {
            JsonArray list => list.Any(item => PythonEquality.Equal(item, right)),
            JsonObject when right is JsonArray or JsonObject => evaluation.Fail("contains: a list or a map is no key of a map"),
            JsonObject map => evaluation.CanRead(map) && JsonTexts.TryRead(right, out var key) && map.ContainsKey(key),
            _ => evaluation.Fail("contains: the left side is neither text, list nor map"),
        };
    }
}
