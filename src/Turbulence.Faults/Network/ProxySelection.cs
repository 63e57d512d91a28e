using Turbulence.Documents;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Services;

namespace Turbulence.Faults.Network;

/// <summary>
/// How a fault names proxies: by the service that is reached through them, or by their names in an API; a partition by the services on its
/// two sides.
/// </summary>
internal static class ProxySelection
{
    private const string DefaultApi = "http://localhost:8474";

    /// <summary>The arguments, for the description of a kind.</summary>
    public static IReadOnlyList<FaultArgument> Arguments { get; } =
    [
        new("service", ArgumentType.Service, "the name of a service of the experiment, which is reached through a fault proxy"),
        new("from", ArgumentType.Service, "only the proxy through which this service reaches it"),
        new("proxy", ArgumentType.Text, "the name of a proxy that runs already, ours or Toxiproxy's") { MayBeList = true },
        new("api", ArgumentType.Url, "where that proxy's API answers") { DefaultText = DefaultApi },
        new("token_file", ArgumentType.Path, "a file that holds the token which that API wants, relative to the experiment's folder"),
    ];

    /// <summary>One of them says what is hit.</summary>
    public static ArgumentGroup Group { get; } = ArgumentGroup.ExactlyOne("service", "proxy");

    /// <summary>The arguments of a partition.</summary>
    public static IReadOnlyList<FaultArgument> PartitionArguments { get; } =
    [
        new("between", ArgumentType.Service, "the service on one side") { IsRequired = true },
        new("and", ArgumentType.Service, "the service on the other side") { IsRequired = true, MayBeList = true },
    ];

    /// <summary>What is wrong with them together.</summary>
    /// <param name="spec">The kind.</param>
    /// <param name="arguments">The arguments.</param>
    public static IEnumerable<ArgumentProblem> Problems(NetworkKindSpec spec, GivenArguments arguments)
    {
        foreach (var name in (ReadOnlySpan<string>)["api", "token_file"])
        {
            if (arguments.Has(name) && !arguments.Has("proxy"))
            {
                return [new(name, $"'{name}' goes with 'proxy'; the run itself knows the API of a service's proxy")];
            }
        }

        if (arguments.Has("from") && !arguments.Has("service"))
        {
            return [new("from", "'from' goes with 'service'")];
        }

        if (arguments.Texts("service") is not [var service] || arguments.Proxies(service) is not { } proxies)
        {
            return [];
        }

        var from = arguments.Texts("from") is [var caller] ? caller : null;
        ServiceProxy[] meant = [.. proxies.Where(proxy => from is null || proxy.From == from)];
        return proxies.Count == 0 ? [new("service", $"{Unreached(service)}, or name one that runs already with 'proxy'")]
            : meant.Length == 0 ? [new(
                "from",
                $"service '{service}' has no fault proxy for '{from}'{NearestWord.Hint(from!, Callers(proxies))}; it has {Known(proxies)}")]
            : Fitting(spec, meant).Length == 0
                ? [new(
                    "service",
                    $"{(meant.Length == 1 ? "the" : "each")} fault proxy of service '{service}'{(from is null ? "" : $" for '{from}'")} {spec.Reason}")]
            : [];
    }

    /// <summary>What is wrong with the arguments of a partition together.</summary>
    public static IEnumerable<ArgumentProblem> PartitionProblems(GivenArguments arguments)
    {
        if (arguments.Texts("between") is not [var one])
        {
            yield break;
        }

        foreach (var other in arguments.Texts("and"))
        {
            if (other == one)
            {
                yield return new("and", $"service '{one}' cannot be cut off from itself");
            }
            else if (arguments.Proxies(one) is { } here
                && arguments.Proxies(other) is { } there
                && Between(one, here, other, there).Count == 0)
            {
                yield return new("and", $"neither '{one}' reaches '{other}' through a fault proxy nor the other way: {Unreached(other)}");
            }
        }
    }

    /// <summary>Finds the proxies.</summary>
    /// <returns>The proxies, not asked yet; empty where something was refused through <paramref name="arguments"/>.</returns>
    public static IReadOnlyList<ProxyPlace> Find(NetworkKindSpec spec, ArgumentReader arguments, FaultRequest request)
    {
        if (arguments.Problem is not null)
        {
            return [];
        }

        if (arguments.Text("service") is { } service)
        {
            var from = arguments.Text("from");
            return [.. Fitting(spec, request.Services[service].Proxies.Where(proxy => from is null || proxy.From == from)).Select(Place)];
        }

        var file = arguments.Text("token_file") is { } path ? Path.GetFullPath(path, request.BaseDirectory) : null;
        string? token = null;
        if (file is not null)
        {
            token = ProxyToken.Read(file, out var problem);
            arguments.Refuse(problem);
        }

        var api = new Uri(arguments.Text("api") ?? DefaultApi);
        return [.. arguments.Texts("proxy").Distinct().Select(name => new ProxyPlace(name, api) { Token = token, TokenFile = file })];
    }

    /// <summary>Finds the proxies of a partition.</summary>
    public static IReadOnlyList<ProxyPlace> FindPartition(ArgumentReader arguments, FaultRequest request)
    {
        if (arguments.Problem is not null || arguments.Text("between") is not { } one)
        {
            return [];
        }

        return [.. arguments.Texts("and").Distinct()
            .SelectMany(other => Between(one, request.Services[one].Proxies, other, request.Services[other].Proxies))
            .Distinct().Select(Place)];
    }

    // A proxy that is for whoever comes is the way to the other side, where there is no way of its own; but who reaches the first side
    // through such a one may be anybody.
    private static List<ServiceProxy> Between(string one, IReadOnlyList<ServiceProxy> here, string other, IReadOnlyList<ServiceProxy> there)
    {
        return
        [
            .. there.Where(
                proxy => proxy.From == one || (proxy.From is null && !there.Any(own => own.From == one && own.IsUdp == proxy.IsUdp))),
            .. here.Where(proxy => proxy.From == other),
        ];
    }

    // A service may be reached through one of each protocol, as servers of DNS are.
    private static ServiceProxy[] Fitting(NetworkKindSpec spec, IEnumerable<ServiceProxy> proxies) =>
        [.. proxies.Where(proxy => spec.IsFor(proxy.IsUdp))];

    private static ProxyPlace Place(ServiceProxy proxy) => new(proxy.Name, proxy.Api)
    {
        IsUdp = proxy.IsUdp,
        Listen = proxy.Listen,
        Upstream = proxy.Upstream,
        Token = proxy.Token,
        Receipts = proxy.Receipts,
        Process = proxy.Process,
    };

    private static string Unreached(string service) =>
        $"service '{service}' is reached through no fault proxy: give it one, \"proxy\": {{\"listen\": PORT, \"upstream\": PORT}}";

    private static IEnumerable<string> Callers(IReadOnlyList<ServiceProxy> proxies) => proxies.Select(proxy => proxy.From).OfType<string>();

    private static string Known(IReadOnlyList<ServiceProxy> proxies) =>
        string.Join(" and ", proxies.Select(proxy => proxy.From is { } from ? $"one for '{from}'" : "one for whoever comes"));
}
