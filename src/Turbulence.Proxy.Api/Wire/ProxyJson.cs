using System.Text.Json.Nodes;
using Turbulence.Proxy.Connections;

namespace Turbulence.Proxy.Api.Wire;

/// <summary>A proxy as it is answered. What Toxiproxy does not have stands there only where it was asked for.</summary>
internal static class ProxyJson
{
    /// <summary>One, with its toxics.</summary>
    public static JsonObject Of(FaultProxy proxy)
    {
        var json = new JsonObject
        {
            ["name"] = proxy.Name,
            ["listen"] = proxy.Listen,
            ["upstream"] = proxy.Upstream,
            ["enabled"] = proxy.IsEnabled,
            ["toxics"] = ToxicJson.OfAll(proxy.Toxics),
        };
        if (proxy.Ttl is { } ttl)
        {
            json["ttl"] = ttl.TotalMilliseconds;
        }

        if (proxy.Protocol == ProxyProtocol.Udp)
        {
            json["protocol"] = "udp";
        }

        if (proxy.OnUpstreamFailure == UpstreamFailure.Close)
        {
            json["on_upstream_failure"] = "close";
        }

        return json;
    }

    /// <summary>All, by their names.</summary>
    public static JsonObject OfAll(IReadOnlyList<FaultProxy> proxies) =>
        new(proxies.Select(proxy => KeyValuePair.Create<string, JsonNode?>(proxy.Name, Of(proxy))));
}
