using System.Text.Json.Nodes;

namespace Turbulence.Proxy.Api.Wire;

/// <summary>What a proxy and its toxics did so far: the evidence of an effect, in one answer.</summary>
internal static class CountersJson
{
    /// <summary>One proxy.</summary>
    public static JsonObject Of(FaultProxy proxy)
    {
        var counters = proxy.Counters;
        return new JsonObject
        {
            ["connections"] = counters.Connections,
            ["active"] = counters.Active,
            ["upstream_bytes"] = counters.UpstreamBytes,
            ["downstream_bytes"] = counters.DownstreamBytes,
            ["refused"] = counters.Refused,
            ["failed_dials"] = counters.FailedDials,
            ["toxics"] = new JsonObject(
                proxy.Toxics.Select(toxic => KeyValuePair.Create<string, JsonNode?>(toxic.Name, Of(toxic)))),
        };
    }

    private static JsonObject Of(Toxic toxic)
    {
        var made = Of(toxic.Counters);
        if (toxic.Traces.Count > 0)
        {
            made["traces"] = new JsonArray([.. toxic.Traces.Select(static trace => (JsonNode)trace)]);
        }

        return made;
    }

    private static JsonObject Of(ToxicCounters counters) => new()
    {
        ["connections"] = counters.Connections,
        ["requests"] = counters.Requests,
        ["bytes"] = counters.Bytes,
        ["ends"] = counters.Ends,
        ["foreign"] = counters.Foreign,
    };
}
