using System.Text.Json.Nodes;
using Turbulence.Faults.Residents;

namespace Turbulence.Cli.Lines;

/// <summary>What a .NET process does, for programs.</summary>
internal static class SpansJson
{
    public static JsonObject Of(string process, TimeSpan watched, IReadOnlyList<SeenOperation> seen) => new()
    {
        ["process"] = process,
        ["seconds"] = Math.Round(watched.TotalSeconds, 3),
        ["operations"] = new JsonArray([.. seen.Select(Operation)]),
    };

    private static JsonObject Operation(SeenOperation seen) => new()
    {
        ["source"] = seen.Source,
        ["operation"] = seen.Operation,
        ["kind"] = seen.Kind,
        ["tags"] = new JsonObject(seen.Tags.DistinctBy(static tag => tag.Key).Select(
            static tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))),
        ["caller"] = seen.Caller.Length > 0 ? seen.Caller : null,
        ["count"] = seen.Count,
        ["errors"] = seen.Errors,
        ["p50_ms"] = Math.Round(seen.Median.TotalMilliseconds, 3),
        ["p99_ms"] = Math.Round(seen.P99.TotalMilliseconds, 3),
        ["faults"] = new JsonArray([.. SuggestedFault.Of(seen).Select(static fault => new JsonObject
        {
            ["name"] = fault.Name,
            ["kind"] = fault.Kind,
            ["arguments"] = fault.Arguments.DeepClone(),
        })]),
    };
}
