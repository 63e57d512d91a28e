using System.Text.Json.Nodes;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Api.Wire;

/// <summary>A toxic as it is answered. What Toxiproxy does not have stands there only where it was asked for.</summary>
internal static class ToxicJson
{
    /// <summary>One.</summary>
    public static JsonObject Of(Toxic toxic)
    {
        var json = new JsonObject
        {
            ["attributes"] = toxic.Attributes,
            ["name"] = toxic.Name,
            ["type"] = toxic.Type,
            ["stream"] = StreamName(toxic.Stream),
            ["toxicity"] = toxic.Toxicity,
        };
        if (toxic.Label is { } label)
        {
            json["label"] = label;
        }

        if (toxic.Ttl is { } ttl)
        {
            json["ttl"] = ttl.TotalMilliseconds;
        }

        return json;
    }

    /// <summary>All of a proxy: those to the upstream first, each in the order in which bytes meet them.</summary>
    public static JsonArray OfAll(IReadOnlyList<Toxic> toxics) =>
        new([.. toxics.OrderBy(toxic => toxic.Stream == ToxicStream.Upstream ? 0 : 1).Select(Of)]);

    /// <summary>What a stream is called.</summary>
    public static string StreamName(ToxicStream stream) => stream == ToxicStream.Upstream ? "upstream" : "downstream";
}
