using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Turbulence.Telemetry.Spans;

/// <summary>Finds the requests that were lost in the figures of a load: <c>faults[].lost_traces</c>.</summary>
internal static class LostRequests
{
    /// <summary>Those that are named, which are some of all.</summary>
    public static IEnumerable<LostRequest> In(JsonNode figures)
    {
        foreach (var fault in Items(figures, "faults"))
        {
            foreach (var trace in Items(fault, "lost_traces"))
            {
                if (Text((fault as JsonObject)?["id"]) is { } id && ActivityContext.TryParse(Text(trace), null, isRemote: true, out var context))
                {
                    yield return new LostRequest(id, context);
                }
            }
        }
    }

    // A control may have written whatever it likes.
    private static JsonArray Items(JsonNode? node, string name) => (node as JsonObject)?[name] as JsonArray ?? [];

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
