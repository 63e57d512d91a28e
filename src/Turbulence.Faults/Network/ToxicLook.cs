using System.Text.Json;

namespace Turbulence.Faults.Network;

/// <summary>Reads back from a proxy whether the toxic of a fault is in it, and what it has hit.</summary>
/// <param name="spec">The kind.</param>
/// <param name="order">The toxic.</param>
/// <param name="place">The proxy.</param>
internal sealed class ToxicLook(NetworkKindSpec spec, ToxicOrder order, ProxyPlace place)
{
    /// <summary>Looks.</summary>
    public async Task<ToxicSight> AtAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (place.Api is null)
        {
            return Lost($"the run has not started {place.Text}");
        }

        using var client = place.Client(time);
        var proxy = await client.ProxyAsync(place.Proxy, cancellationToken);
        if (!proxy.IsDone)
        {
            return Lost(proxy.Outcome == ApiOutcome.Absent ? $"there is no proxy '{place.Proxy}' {place.At} any more"
                : place.HasEnded ? $"process {place.Process!.Value.Id}, in which proxy '{place.Proxy}' lived, has ended"
                : $"whether toxic {order.Name} is in proxy '{place.Proxy}' cannot be seen: its API, {place.At}, {proxy.Text}");
        }

        if (order.DifferenceIn(proxy.Body) is { } difference)
        {
            return Lost($"proxy '{place.Proxy}' {difference}");
        }

        if (AnswerJson.Member(proxy.Body, "enabled") is not { ValueKind: JsonValueKind.True })
        {
            return Lost($"proxy '{place.Proxy}' is disabled, so that nothing goes through it");
        }

        if (place.Before is not { } before)
        {
            return new ToxicSight(place, null, null, Felt: 0);
        }

        var counters = await client.CountersAsync(place.Proxy, cancellationToken);
        return counters.IsDone && ToxicHits.Read(counters.Body, order.Name, before) is { } hits
            ? place.IsUdp
                ? new ToxicSight(place, null, hits with { AreDatagrams = true }, hits.Requests)
                : new ToxicSight(place, null, hits, spec.Felt(hits))
            : Lost(
                $"what toxic {order.Name} has hit cannot be seen: the API of proxy '{place.Proxy}', {place.At}, {(counters.IsDone ? "does not say it" : counters.Text)}");
    }

    private ToxicSight Lost(string problem) => new(place, problem, null, Felt: 0);
}
