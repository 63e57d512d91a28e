using Turbulence.Events;

namespace Turbulence.Faults.Network;

/// <summary>What was seen of a toxic in one proxy.</summary>
/// <param name="Place">The proxy.</param>
/// <param name="Problem">Why it is not in effect, in one line; null where it is in.</param>
/// <param name="Hits">What it has hit; null where the proxy does not count that, as Toxiproxy does not.</param>
/// <param name="Felt">How much of that somebody could feel.</param>
internal sealed record ToxicSight(ProxyPlace Place, string? Problem, ToxicHits? Hits, long Felt)
{
    /// <summary>What all of them say: in effect where the toxic is in every proxy.</summary>
    /// <param name="order">The toxic.</param>
    /// <param name="sights">What was seen, proxy by proxy.</param>
    public static Evidence Together(ToxicOrder order, IReadOnlyList<ToxicSight> sights)
    {
        if (sights.FirstOrDefault(sight => sight.Problem is not null) is { } lost)
        {
            return new Evidence(false, lost.Problem!);
        }

        var felt = sights.Sum(sight => sight.Felt);
        var receipts = sights.FirstOrDefault(sight => sight is { Hits.Connections: > 0, Place.Receipts: not null })?.Place.Receipts;
        return new Evidence(true, string.Join("; ", sights.Select(sight =>
            $"toxic {order.Type} is in proxy '{sight.Place.Proxy}', {sight.Said}")) + (receipts is null ? "" : $"; receipts in {receipts}"))
        {
            // One that does not count may have hit anything.
            Traces = [.. sights.SelectMany(static sight => sight.Hits?.Traces ?? [])],
            Hits = felt == 0 && sights.Any(sight => sight.Hits is null) ? null : felt,
        };
    }

    private string Said =>
        Hits is not { } hits ? "a Toxiproxy, which does not count what it hits"
        : Felt > 0 ? $"and has hit {hits.Text}"
        : hits is { AreDatagrams: true, Connections: > 0 } ? "and has hit datagrams, and done to none what it is for"
        : hits.Requests > 0
            ? $"and has changed nothing: {(hits.Requests == 1 ? "1 request was" : $"{hits.Requests} requests were")} hit in which there was nothing to change"
        : hits.Foreign > 0
            ? $"and could hit nothing: {hits.Foreign} connection{(hits.Foreign == 1 ? " was" : "s were")} no HTTP/1.1, but TLS, HTTP/2 or something else"
        : "and has hit nothing";
}
