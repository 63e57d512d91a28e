using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Turbulence.Aspire.Edges;
using Turbulence.Aspire.References;
using Turbulence.Aspire.Resources;

namespace Turbulence.Aspire.Maps;

/// <summary>The edges of an application, found before it starts.</summary>
/// <param name="Edges">The edges, those that cannot be led through a proxy among them.</param>
/// <param name="Problems">What could not be looked at, one line each: edges of it may be missing.</param>
internal sealed record EdgeMap(IReadOnlyList<EdgeResource> Edges, IReadOnlyList<string> Problems)
{
    /// <summary>Finds them.</summary>
    /// <param name="resources">The resources of the application.</param>
    /// <param name="chaos">Whose edges they become.</param>
    /// <param name="options">Which are wanted.</param>
    /// <param name="execution">How the AppHost is run.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<EdgeMap> FindAsync(
        IEnumerable<IResource> resources,
        ChaosResource chaos,
        ChaosOptions options,
        DistributedApplicationExecutionContext execution,
        CancellationToken cancellationToken)
    {
        List<(Edge Edge, IResource Caller, EndpointReference Upstream)> found = [];
        List<string> problems = [];
        foreach (var caller in resources.Where(static resource => resource is IResourceWithEnvironment or IResourceWithArgs).ToArray())
        {
            var (endpoints, problem) = await CallerReferences.FindAsync(caller, execution, options.Place.Time, cancellationToken);
            if (problem is not null)
            {
                problems.Add($"{problem.TrimEnd('.')}; its edges have no proxies");
            }

            // One that is not there is the application's own mistake, of which Aspire tells.
            found.AddRange(endpoints
                .Where(static endpoint => endpoint.Exists)
                .Select(endpoint => (new Edge(caller.Name, endpoint.Resource.Name, endpoint.EndpointName), caller, endpoint))
                .Where(one => options.Edges(one.Item1)));
        }

        var named = found
            .CountBy(static one => (one.Edge.From, one.Edge.To))
            .Where(static pair => pair.Value > 1)
            .Select(static pair => pair.Key)
            .ToHashSet();
        return new EdgeMap(
            [
                .. found.Select(one => new EdgeResource(
                    named.Contains((one.Edge.From, one.Edge.To)) ? one.Edge.FullName : one.Edge.Name, one.Edge, chaos, one.Upstream)
                {
                    Problem = Obstacle(one.Caller, one.Upstream),
                }),
            ],
            problems);
    }

    /// <summary>The edge on which a caller reaches an endpoint; null where none can be led through a proxy.</summary>
    public EdgeResource? Find(string caller, EndpointReference endpoint) => Edges.FirstOrDefault(edge => edge.Problem is null
        && edge.Edge.From == caller
        && edge.Edge.To == endpoint.Resource.Name
        && string.Equals(edge.Edge.Endpoint, endpoint.EndpointName, StringComparison.OrdinalIgnoreCase));

    // Why calls cannot be led through a proxy, in one line.
    private static string? Obstacle(IResource caller, EndpointReference upstream) =>
        caller.IsContainer() ? $"{caller.Name} runs in a container, which cannot reach the proxies of this machine's loopback"
        : caller.Annotations.OfType<PersistenceAnnotation>().LastOrDefault() is { Mode: not PersistenceMode.Session }
            ? $"{caller.Name} outlives this AppHost, and the proxies do not"
        : upstream.EndpointAnnotation.Protocol != System.Net.Sockets.ProtocolType.Tcp
            ? $"{upstream.Resource.Name} is called there by {upstream.EndpointAnnotation.Protocol}, and the proxies of an AppHost carry TCP"
        : null;
}
