using System.Text.Json;
using Turbulence.Events;

namespace Turbulence.Faults.Network;

/// <summary>
/// Takes the toxic of a fault out of a proxy, and reads back that it is in none. A proxy that ends takes its toxics with it; one that only
/// does not answer has said nothing.
/// </summary>
/// <param name="order">The toxic.</param>
/// <param name="time">Measures limits.</param>
internal sealed class ToxicRemoval(ToxicOrder order, TimeProvider time)
{
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(250);

    /// <summary>Removes it, as often as it is done.</summary>
    /// <param name="place">The proxy.</param>
    /// <param name="isSettled"> Whether the proxy has said that it has it. Otherwise whoever asked for it may have died, or given up, while
    /// the proxy has not heard of it: then a toxic that is not there is waited for a moment.
    /// </param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Why it may still be in, in one line; null where it was removed, or is not there.</returns>
    public async Task<string?> RemoveAsync(ProxyPlace place, bool isSettled, CancellationToken cancellationToken)
    {
        if (place.Api is null)
        {
            return null;
        }

        StoppedProxies.Wake(place.Process);
        using var client = place.Client(time);
        var reply = await client.RemoveAsync(place.Proxy, order.Name, cancellationToken);
        if (reply.Outcome == ApiOutcome.Absent && !isSettled)
        {
            await Task.Delay(Settling, time, cancellationToken);
            reply = await client.RemoveAsync(place.Proxy, order.Name, cancellationToken);
        }

        return reply.Outcome is ApiOutcome.Done or ApiOutcome.Absent || place.HasEnded ? null : Problem(place, reply);
    }

    /// <summary>Reads back whether it is gone.</summary>
    public async Task<Evidence> CheckAsync(ProxyPlace place, CancellationToken cancellationToken)
    {
        if (place.Api is null)
        {
            return new Evidence(true, $"{place.Text} was not started, and nothing was touched");
        }

        using var client = place.Client(time);
        var reply = await client.ProxiesAsync(cancellationToken);
        if (!reply.IsDone || !IsList(reply.Body))
        {
            return place.HasEnded
                ? new Evidence(
                    true, $"process {place.Process!.Value.Id}, in which proxy '{place.Proxy}' lived, has ended, and the toxic with it")
                : new Evidence(false, Problem(place, reply.IsDone
                    ? new ApiReply(ApiOutcome.Unclear, "answers with no list of proxies: it is no API of proxies")
                    : reply));
        }

        foreach (var listed in reply.Body.EnumerateObject())
        {
            if (order.IsIn(listed.Value))
            {
                return new Evidence(false, $"proxy '{AnswerJson.Line(listed.Value, "name")}' {place.At} still has toxic {order.Name}");
            }
        }

        if (AnswerJson.Member(reply.Body, place.Proxy) is not null)
        {
            return new Evidence(true, $"proxy '{place.Proxy}' has no toxic {order.Name}");
        }

        // An empty list is what many a server would answer; that there is no such proxy only an API of proxies says.
        var proxy = await client.ProxyAsync(place.Proxy, cancellationToken);
        return proxy.Outcome == ApiOutcome.Absent
            ? new Evidence(true, $"there is no proxy '{place.Proxy}' any more")
            : new Evidence(false, Problem(
                place, proxy.IsDone ? new ApiReply(ApiOutcome.Unclear, "says two things about whether there is such a proxy") : proxy));
    }

    private static bool IsList(JsonElement proxies)
    {
        foreach (var proxy in proxies.EnumerateObject())
        {
            if (AnswerJson.Text(proxy.Value, "name") != proxy.Name
                || AnswerJson.Member(proxy.Value, "toxics") is not { ValueKind: JsonValueKind.Array })
            {
                return false;
            }
        }

        return true;
    }

    private string Problem(ProxyPlace place, ApiReply reply) =>
        $"whether toxic {order.Name} is still in proxy '{place.Proxy}' is not known: its API, {place.At}, {reply.Text}; "
        + (place.Process is { } process && process.MayBeAlive
            ? $"process {process.Id} lives: end it, or when it answers again"
            : "when it answers again")
        + $": {ProxyText.Command(order, place)}";
}
