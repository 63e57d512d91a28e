using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Keys;
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

        if (Strategy(node, "rollbacks", path, problems) is { } rollbacks && !RuntimeKeys.Rollbacks.Accepts(rollbacks))
        {
            problems.Error(path["rollbacks"]["strategy"], $"unknown rollback strategy '{rollbacks}'; known are {Known(RuntimeKeys.Rollbacks)}");
        }

        if (Strategy(node, "hypothesis", path, problems) is { } hypothesis
            && !RuntimeKeys.Hypothesis.Accepts(hypothesis) && hypothesis != HypothesisStrategyName.Misspelt)
        {
            problems.Error(
                path["hypothesis"]["strategy"], $"unknown hypothesis strategy '{hypothesis}'; known are {Known(RuntimeKeys.Hypothesis)}");
        }

        SafeguardValidator.CheckShape((JsonObject)node, path, problems);
        Check(node as JsonObject, RuntimeKeys.Timeout, path, problems);
        foreach (var key in (ReadOnlySpan<FormatKey>)[RuntimeKeys.Frequency, RuntimeKeys.Settle, RuntimeKeys.FailFast])
        {
            Check(node["hypothesis"] as JsonObject, key, path["hypothesis"], problems);
        }
    }

    private static string Known(FormatKey key) => string.Join(", ", key.Words.Select(static word => word.Word));

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

    private static void Check(JsonObject? map, FormatKey key, DocumentPath path, ProblemList problems)
    {
        if (!key.Accepts(map?[key.Name]))
        {
            problems.Error(path[key.Name], $"{key.Name} must be {key.Expected}");
        }
    }
}
