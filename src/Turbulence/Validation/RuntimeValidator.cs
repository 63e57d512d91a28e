using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Json;
using Turbulence.Options;

namespace Turbulence.Validation;

/// <summary>
/// Checks the <c>runtime</c> block. The reference checks nothing of it, and an unknown rollback strategy then means that the
/// rollbacks are silently never played.
/// </summary>
internal static class RuntimeValidator
{
    /// <summary>Adds every problem of the block.</summary>
    public static void Check(JsonObject document, ProblemList problems)
    {
        if (document["runtime"] is not { } node)
        {
            return;
        }

        var path = DocumentPath.Root["runtime"];
        if (node is not JsonObject)
        {
            problems.Error(path, "runtime must be a map");
            return;
        }

        if (Strategy(node, "rollbacks", path, problems) is { } rollbacks
            && rollbacks is not ("default" or "always" or "never" or "deviated"))
        {
            problems.Error(
                path["rollbacks"]["strategy"], $"unknown rollback strategy '{rollbacks}'; known are default, always, never, deviated");
        }

        if (Strategy(node, "hypothesis", path, problems) is { } hypothesis && HypothesisStrategyName.Parse(hypothesis) is null)
        {
            problems.Error(
                path["hypothesis"]["strategy"],
                $"unknown hypothesis strategy '{hypothesis}'; known are {string.Join(", ", HypothesisStrategyName.All)}");
        }

        SafeguardValidator.CheckShape((JsonObject)node, path, problems);
        Positive(node["hypothesis"] as JsonObject, "frequency", path["hypothesis"], problems);
        Positive(node as JsonObject, "timeout", path, problems);
        if ((node["hypothesis"] as JsonObject)?["settle"] is { } settle
            && !(settle.GetValueKind() == JsonValueKind.Number
                && JsonNumbers.TryReadDouble(settle, out var wait)
                && wait is >= 0 and < 4_294_967))
        {
            problems.Error(path["hypothesis"]["settle"], "settle must be a number of seconds from 0");
        }

        if ((node["hypothesis"] as JsonObject)?["fail_fast"] is { } failFast
            && failFast.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            problems.Error(path["hypothesis"]["fail_fast"], "fail_fast must be a boolean");
        }
    }

    private static string? Strategy(JsonNode runtime, string block, DocumentPath path, ProblemList problems)
    {
        switch (runtime[block])
        {
            case null:
                return null;
            case JsonObject map when map["strategy"] is null:
                return null;
            case JsonObject map when map["strategy"] is JsonValue value && value.TryGetValue<string>(out var name):
                return name;
            case JsonObject:
                problems.Error(path[block]["strategy"], "a strategy must be a text");
                return null;
            default:
                problems.Error(path[block], $"{block} must be a map");
                return null;
        }
    }

    private static void Positive(JsonObject? map, string key, DocumentPath path, ProblemList problems)
    {
        if (map?[key] is { } node
            && !(node.GetValueKind() == JsonValueKind.Number
                && JsonNumbers.TryReadDouble(node, out var number) && number is > 0 and < 4_294_967))
        {
            problems.Error(path[key], $"{key} must be a number of seconds above 0");
        }
    }
}
