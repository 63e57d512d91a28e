using Turbulence.Proxy.Api.Bodies;
using Turbulence.Proxy.Connections;

namespace Turbulence.Proxy.Api.Wire;

/// <summary>
/// A proxy in a body: <c>{"name": "db", "listen": "127.0.0.1:15432", "upstream": "db:5432", "enabled": true}</c>, and of ours
/// <c>"toxics"</c>, <c>"ttl"</c> and <c>"dial_timeout"</c> in milliseconds, <c>"on_upstream_failure"</c>, and <c>"protocol": "udp"</c> with
/// <c>"flow_timeout"</c> and <c>"most_flows"</c>.
/// </summary>
internal static class ProxyInput
{
    // Toxiproxy would listen on every address of the machine.
    private const string AnyPort = "127.0.0.1:0";

    /// <summary>A proxy to be made.</summary>
    /// <param name="body">The body.</param>
    /// <param name="place">Where it stands in a list: <c> at proxy 2</c>. Default: nowhere.</param>
    public static ProxyOptions Options(ApiBody body, string place = "")
    {
        var options = new ProxyOptions(Required(body, "name", place), body["listen"]?.Text is { Length: > 0 } listen
            ? listen
            : AnyPort, Required(body, "upstream", place))
        {
            IsEnabled = body["enabled"]?.Boolean ?? true,
            Ttl = body["ttl"]?.Milliseconds,
            OnUpstreamFailure = body["on_upstream_failure"]?.Text switch
            {
                null or "reset" => UpstreamFailure.Reset,
                "close" => UpstreamFailure.Close,
                var other => throw ApiException.BadBody($"on_upstream_failure must be reset or close, not {other}"),
            },
        };
        options = options with
        {
            Protocol = body["protocol"]?.Text switch
            {
                null or "tcp" => ProxyProtocol.Tcp,
                "udp" => ProxyProtocol.Udp,
                var other => throw ApiException.BadBody($"protocol must be tcp or udp, not {other}"),
            },
            FlowTimeout = body["flow_timeout"]?.Milliseconds ?? options.FlowTimeout,
            MostFlows = body["most_flows"]?.Number switch
            {
                null => options.MostFlows,
                >= 1 and <= 65536 and var most when most == Math.Truncate(most) => (int)most,
                _ => throw ApiException.BadBody("most_flows must be a whole number from 1 to 65536"),
            },
        };
        return body["dial_timeout"]?.Milliseconds is { } patience ? options with { DialTimeout = patience } : options;
    }

    /// <summary>The toxics that it is to have; null where nothing is said of them.</summary>
    public static IReadOnlyList<ToxicOptions>? Toxics(ApiBody body) =>
        body["toxics"]?.Items is { } toxics ? [.. toxics.Select(ToxicInput.Options)] : null;

    /// <summary>What is to be changed of one. Its name is what it is, whatever is given.</summary>
    public static ProxyChange Change(ApiBody body) => new()
    {
        Listen = body["listen"]?.Text,
        Upstream = body["upstream"]?.Text,
        IsEnabled = body["enabled"]?.Boolean,
        Ttl = body["ttl"] is { } ttl ? ttl.Milliseconds ?? Timeout.InfiniteTimeSpan : null,
    };

    private static string Required(ApiBody body, string field, string place) =>
        body[field]?.Text is { Length: > 0 } text ? text : throw new ApiException(400, $"missing required field: {field}{place}");
}
