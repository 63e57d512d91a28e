using System.Text.Json.Nodes;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy;

/// <summary>A toxic to be added.</summary>
/// <param name="Type">Its kind's wire name: <c>latency</c>.</param>
public sealed record ToxicOptions(string Type)
{
    /// <summary>Its name, which no other one of the proxy has. Default: null, its type and its stream: <c>latency_downstream</c>.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// What decisions by chance come from in its name's place, and what receipts call it: toxics whose names differ from run to run hit the
    /// same with the same label. Default: null, its name.
    /// </summary>
    public string? Label { get; init; }

    /// <summary>Which way it is on. Default: to the client.</summary>
    public ToxicStream Stream { get; init; } = ToxicStream.Downstream;

    /// <summary>The share of connections that it hits, 0 to 1. Default: 1, all.</summary>
    public double Toxicity { get; init; } = 1;

    /// <summary>Its attributes by their wire names. Default: null, the defaults of its kind.</summary>
    public JsonObject? Attributes { get; init; }

    /// <summary>After how long it goes by itself. Above 0. Default: null, never.</summary>
    public TimeSpan? Ttl { get; init; }
}
