using Turbulence.Proxy.Api.Bodies;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Api.Wire;

/// <summary>
/// A toxic in a body: <c>{"name": "slow", "type": "latency", "stream": "downstream", "toxicity": 1, "attributes": {"latency": 100}}</c>,
/// and of ours <c>"ttl"</c> in milliseconds and <c>"label"</c>.
/// </summary>
internal static class ToxicInput
{
    // What some clients send for "not given".
    private const double NotGiven = -1;

    /// <summary>A toxic to be added.</summary>
    public static ToxicOptions Options(ApiBody body)
    {
        var stream = Stream(body["stream"]?.Text);
        return new ToxicOptions(body["type"]?.Text ?? "")
        {
            Name = body["name"]?.Text,
            Label = body["label"]?.Text,
            Stream = stream,
            Toxicity = Toxicity(body) ?? 1,
            Attributes = body["attributes"]?.Object,
            Ttl = body["ttl"]?.Milliseconds,
        };
    }

    /// <summary>What is to be changed of one. Its name, its type and its stream are what they are, whatever is given.</summary>
    public static ToxicChange Change(ApiBody body) => new()
    {
        Toxicity = Toxicity(body),
        Attributes = body["attributes"]?.Object,
        Ttl = body["ttl"] is { } ttl ? ttl.Milliseconds ?? Timeout.InfiniteTimeSpan : null,
    };

    private static double? Toxicity(ApiBody body) => body["toxicity"]?.Number is { } toxicity && toxicity != NotGiven ? toxicity : null;

    private static ToxicStream Stream(string? name) => name?.ToLowerInvariant() switch
    {
        null or "downstream" => ToxicStream.Downstream,
        "upstream" => ToxicStream.Upstream,
        _ => throw new ApiException(400, "stream was invalid, can be either upstream or downstream"),
    };
}
