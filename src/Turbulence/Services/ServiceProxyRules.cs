using Turbulence.Documents;

namespace Turbulence.Services;

/// <summary>
/// What the proxies of an experiment must not do to each other: be meant for the same caller, listen at the same place, have one name, take
/// the port of a service, or ask each other in a circle. UDP has ports of its own. What is not known yet is left out of account.
/// </summary>
internal static class ServiceProxyRules
{
    /// <summary>What is wrong: which service, which of its proxies, which key of it (null for the whole), and why.</summary>
    /// <param name="services">The services.</param>
    /// <param name="known">The names of all services, those included that cannot be read.</param>
    public static IEnumerable<(string Service, int Place, string? Key, string Message)> Problems(
        IReadOnlyList<ServiceDefinition> services, IReadOnlyCollection<string> known)
    {
        List<(ServiceDefinition Service, ServiceProxy Proxy)> before = [];
        var circles = new ProxyCircles();
        foreach (var service in services)
        {
            for (var place = 0; place < service.Proxies.Count; place++)
            {
                var proxy = service.Proxies[place];
                foreach (var (key, message) in Problems(service, proxy, circles.Add(proxy), before, services, known))
                {
                    yield return (service.Name, place, key, message);
                }

                before.Add((service, proxy));
            }
        }
    }

    private static IEnumerable<(string? Key, string Message)> Problems(
        ServiceDefinition service,
        ServiceProxy proxy,
        IReadOnlyList<ServiceProxy>? circle,
        List<(ServiceDefinition Service, ServiceProxy Proxy)> before,
        IReadOnlyList<ServiceDefinition> services,
        IReadOnlyCollection<string> known)
    {
        // A proxy without a name is one that is not known yet, or could not be read.
        var isKnown = proxy.Name.Length > 0;
        if (isKnown && proxy.From is { } from && !known.Contains(from))
        {
            yield return ("from", $"there is no service '{from}'{NearestWord.Hint(from, known.Where(name => name != service.Name))}");
        }

        if (isKnown && before.Exists(other => other.Service == service
            && other.Proxy.Name.Length > 0
            && other.Proxy.From == proxy.From
            && other.Proxy.IsUdp == proxy.IsUdp))
        {
            yield return proxy.From is null
                ? (null, "another proxy of this service is for every caller, too; give each the name of its caller with from")
                : ("from", $"another proxy of this service is for '{proxy.From}', too");
        }
        else if (isKnown && before.Exists(other => other.Proxy.Name == proxy.Name))
        {
            yield return ("name", $"another proxy has the name '{proxy.Name}', too; give one of them another name");
        }

        if (!HostAndPort.TryRead(proxy.Listen, out var listen))
        {
            yield break;
        }

        if (before.Find(other => other.Proxy.IsUdp == proxy.IsUdp && Clashes(other.Proxy.Listen, listen)) is { Proxy: not null } clash)
        {
            yield return ("listen", $"the proxy of service '{clash.Service.Name}' listens on {clash.Proxy.Listen}, too");
        }

        // That of a service is one of TCP.
        if (!proxy.IsUdp && services.FirstOrDefault(other => other.LocalPort == listen.Port) is { } owner)
        {
            yield return ("listen", $"{listen.Port} is the port of service '{owner.Name}' itself");
        }
        else if (circle is { } others)
        {
            yield return ("upstream", others.Count == 0
                ? "the proxy would ask itself"
                : $"the proxies would ask each other in a circle: {string.Join(" -> ", [Name(proxy), .. others.Select(Name), Name(proxy)])}");
        }
    }

    private static string Name(ServiceProxy proxy) => proxy.Name.Length > 0 ? proxy.Name : "?";

    // What else excludes each other, such as one address and all of them, the system says when the second listens.
    private static bool Clashes(string one, HostAndPort other) =>
        HostAndPort.TryRead(one, out var place) && place.Port == other.Port && ProxyCircles.Plain(place) == ProxyCircles.Plain(other);
}
