using Turbulence.Events;

namespace Turbulence.Faults.Network;

/// <summary>What was seen of a toxic in one proxy.</summary>
/// <param name="Place">The proxy.</param>
/// <param name="Problem">Why it is not in effect, in one line; null where it is in.</param>
/// <param name="Hits">What it has hit; null where the proxy does not count that, as Toxiproxy does not.</param>
/// <param name="IsHit">Whether that is anything that somebody could feel.</param>
internal sealed record ToxicSight(ProxyPlace Place, string? Problem, ToxicHits? Hits, bool IsHit)
{
    /// <summary>What all of them say: in effect where the toxic is in every proxy, and at the end has hit something in one of them at least.</summary>
    /// <param name="order">The toxic.</param>
    /// <param name="sights">What was seen, proxy by proxy.</param>
    /// <param name="isLast">Whether the fault is taken back next.</param>
    public static Evidence Together(ToxicOrder order, IReadOnlyList<ToxicSight> sights, bool isLast)
    {
        if (sights.FirstOrDefault(sight => sight.Problem is not null) is { } lost)
        {
            return new Evidence(false, lost.Problem!);
        }

        var isIn = isLast ? "was" : "is";
        var text = string.Join("; ", sights.Select(sight => $"toxic {order.Type} {isIn} in proxy '{sight.Place.Proxy}', {sight.Said(isLast)}"));
        return new Evidence(!isLast || sights.Any(sight => sight.IsHit || sight.Hits is null), text);
    }

    private string Said(bool isLast) =>
        Hits is not { } hits ? "a Toxiproxy that does not count what it hits"
        : IsHit ? $"and {(isLast ? "" : "has ")}hit {hits.Text}"
        : hits.Foreign > 0 ? $"and could hit nothing: {hits.Foreign} connection{(hits.Foreign == 1 ? " was" : "s were")} no HTTP/1.1 (TLS, HTTP/2)"
        : isLast ? "and nothing came that it could hit" : "and has hit nothing so far";
}
