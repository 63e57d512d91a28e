using System.Text.Json;
using Turbulence.Faults.Targets;

namespace Turbulence.Faults.Network;

/// <summary>Asks a proxy, before a fault is put into it, whether it can be: that changes nothing.</summary>
/// <param name="spec">The kind.</param>
/// <param name="order">The toxic that it would be asked for.</param>
/// <param name="arguments">What was given.</param>
internal sealed class ProxyInquiry(NetworkKindSpec spec, ToxicOrder order, ArgumentReader arguments)
{
    private const int NotFound = 404;

    /// <summary>Asks.</summary>
    /// <returns>The proxy, and all that is known of it; or why the fault cannot be put into it.</returns>
    public async Task<(ProxyPlace Place, string? Problem)> AskAsync(ProxyPlace place, CancellationToken cancellationToken)
    {
        if (place.Api is not { } api)
        {
            return (place, null);
        }

        using var client = place.Client(TimeProvider.System);
        var proxy = await client.ProxyAsync(place.Proxy, cancellationToken);
        if (!proxy.IsDone)
        {
            return (place, proxy.Outcome switch
            {
                ApiOutcome.Absent => $"there is no proxy '{place.Proxy}' {place.At}",
                ApiOutcome.NoOne => $"the API of proxy '{place.Proxy}', {place.At}, {proxy.Text}; 'chaos proxy serve' starts one",
                _ => $"the API of proxy '{place.Proxy}', {place.At}, {proxy.Text}",
            });
        }

        if (AnswerJson.Line(proxy.Body, "listen") is not { } listen || AnswerJson.Line(proxy.Body, "upstream") is not { } upstream
            || AnswerJson.Member(proxy.Body, "enabled") is not { } isEnabled)
        {
            return (place, $"what answers {place.At} is no API of proxies");
        }

        var isUdp = AnswerJson.Text(proxy.Body, "protocol") == "udp";
        place = place with
        {
            IsUdp = isUdp,
            Listen = listen,
            Upstream = upstream,
            Process = place.Process ?? LocalProxyProcess.Find(api, listen, isUdp),
        };
        if (isEnabled.ValueKind != JsonValueKind.True)
        {
            return (place, $"{place} is disabled, so that nothing goes through it");
        }

        var counters = await client.CountersAsync(place.Proxy, cancellationToken);
        return counters switch
        {
            { IsDone: true } when !spec.IsFor(isUdp) => (place, $"{place} {spec.Reason}"),
            { IsDone: true } when ProxyCounts.Read(counters.Body) is { } before => (place with { Before = before }, null),
            { Status: NotFound, Outcome: ApiOutcome.Unclear } => (place, Lack(place)),
            _ =>
                (place, $"the API of proxy '{place.Proxy}', {place.At}, does not say what it counts{(counters.Text.Length > 0 ? $": it {counters.Text}" : "")}"),
        };
    }

    /// <summary>What Toxiproxy cannot do of what is asked for; null for nothing.</summary>
    private string? Lack(ProxyPlace place) =>
        spec.OfToxiproxy is not { } known
            ? $"{spec.Name} needs a proxy of this program ('chaos proxy serve'): {place} is Toxiproxy's, which has no toxic '{spec.Toxic}'"
        : spec.Attributes.FirstOrDefault(attribute => !known.Contains(attribute.Name) && arguments.Has(attribute.Name)) is { } other
            ? $"'{other.Name}' of {spec.Name} needs a proxy of this program ('chaos proxy serve'): {place} is Toxiproxy's, whose toxic '{spec.Toxic}' does not have it"
        : order.Attributes.FirstOrDefault(value => known.Contains(value.Key)
            && value.Value?.ToJsonString().Contains('.', StringComparison.Ordinal) == true).Key is { } part
            ? $"'{part}' of {spec.Name} has to be a whole number: {place} is Toxiproxy's, which takes no other"
        : null;
}
