using System.Text.Json.Nodes;

namespace Turbulence.Faults.Residents;

/// <summary>What a .NET process has done of one sort, as its spans tell.</summary>
/// <param name="Source">The name of the <c>ActivitySource</c>: <c>System.Net.Http</c>, <c>Npgsql</c>.</param>
/// <param name="Operation">The name of the span: <c>System.Net.Http.HttpRequestOut</c>.</param>
/// <param name="Kind">The span's kind: <c>client</c>, <c>server</c>, <c>producer</c>, <c>consumer</c>, <c>internal</c>; <c>event</c> for an event of a
/// <c>DiagnosticListener</c>.</param>
/// <param name="Tags">The tags that say what it depends on, such as <c>server.address</c>, in the order in which they are told.</param>
/// <param name="Caller">The operation that it is a part of, <c>Microsoft.AspNetCore Microsoft.AspNetCore.Hosting.HttpRequestIn /index/{length}</c>; empty for
/// none.</param>
/// <param name="Count">How many there were.</param>
/// <param name="Errors">How many of them failed.</param>
/// <param name="Median">How long half of them took at the most; 12 % are not told apart.</param>
/// <param name="P99">How long 99 of 100 took at the most; 12 % are not told apart.</param>
public sealed record SeenOperation(
    string Source,
    string Operation,
    string Kind,
    IReadOnlyList<KeyValuePair<string, string>> Tags,
    string Caller,
    long Count,
    long Errors,
    TimeSpan Median,
    TimeSpan P99)
{
    /// <summary>The value of the first of these tags that it has; null for none.</summary>
    public string? Tag(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            foreach (var tag in Tags)
            {
                if (tag.Key == name)
                {
                    return tag.Value;
                }
            }
        }

        return null;
    }

    /// <summary>The map of what a process did: <c>{"process", "seconds", "operations"}</c>.</summary>
    /// <param name="process">The process, for people.</param>
    /// <param name="watched">For how long it was watched.</param>
    /// <param name="seen">What was seen.</param>
    public static JsonObject Map(string process, TimeSpan watched, IReadOnlyList<SeenOperation> seen) => new()
    {
        ["process"] = process,
        ["seconds"] = Math.Round(watched.TotalSeconds, 3),
        ["operations"] = new JsonArray([.. seen.Select(static operation => operation.ToJson())]),
    };

    /// <summary>
    /// The same for programs: <c>{"source", "operation", "kind", "tags", "caller", "count", "errors", "p50_ms", "p99_ms", "faults"}</c>,
    /// where the last are the faults that could be put there.
    /// </summary>
    public JsonObject ToJson() => new()
    {
        ["source"] = Source,
        ["operation"] = Operation,
        ["kind"] = Kind,
        ["tags"] = new JsonObject(Tags.DistinctBy(static tag => tag.Key).Select(
            static tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))),
        ["caller"] = Caller.Length > 0 ? Caller : null,
        ["count"] = Count,
        ["errors"] = Errors,
        ["p50_ms"] = Math.Round(Median.TotalMilliseconds, 3),
        ["p99_ms"] = Math.Round(P99.TotalMilliseconds, 3),
        ["faults"] = new JsonArray([.. SuggestedFault.Of(this).Select(static fault => new JsonObject
        {
            ["name"] = fault.Name,
            ["kind"] = fault.Kind,
            ["arguments"] = fault.Arguments.DeepClone(),
        })]),
    };
}
