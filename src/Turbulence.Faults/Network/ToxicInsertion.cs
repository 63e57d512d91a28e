using System.Text.Json.Nodes;

namespace Turbulence.Faults.Network;

/// <summary>Puts the toxic of a fault into a proxy.</summary>
/// <param name="order">The toxic, as this proxy knows it.</param>
/// <param name="place">The proxy.</param>
/// <param name="label">What a proxy of ours draws its decisions from, and calls it in its receipts: it is the same in the next run, as the
/// toxic's name is not.</param>
/// <param name="time">Measures limits.</param>
internal sealed class ToxicInsertion(ToxicOrder order, ProxyPlace place, string label, TimeProvider time)
{
    /// <summary>Adds it.</summary>
    /// <returns>Why it is not in, or perhaps not, in one line; null where it is.</returns>
    public async Task<string?> AddAsync(CancellationToken cancellationToken)
    {
        if (place.Api is null)
        {
            return $"the run has not started {place.Text}";
        }

        using var client = place.Client(time);
        var reply = await client.AddAsync(place.Proxy, Body(), cancellationToken);
        return reply.Outcome switch
        {
            ApiOutcome.Done => null,
            ApiOutcome.Absent => $"there is no proxy '{place.Proxy}' {place.At} any more",
            ApiOutcome.Refused or ApiOutcome.NoOne => $"the API of proxy '{place.Proxy}', {place.At}, {reply.Text}",
            _ => $"whether toxic {order.Name} is in proxy '{place.Proxy}' is not known, since its API, {place.At}, {reply.Text}",
        };
    }

    private JsonObject Body()
    {
        var body = order.ToJson();
        if (place.IsToxiproxy)
        {
            body.Remove("ttl");
        }
        else
        {
            body["label"] = label;
        }

        return body;
    }
}
