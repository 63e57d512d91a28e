using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Turbulence.Aspire.Dashboards;
using Turbulence.Aspire.Maps;
using Turbulence.Platform.Processes;
using Turbulence.Services;

namespace Turbulence.Aspire.Experiments;

/// <summary>What an experiment knows of the resources of its AppHost, as they are now.</summary>
/// <param name="Services">The resources as faults name them, with the proxies through which each is reached.</param>
/// <param name="Variables">Values of the configuration: <c>api_http_url</c>, <c>api_http_port</c>, <c>api_pid</c>.</param>
internal sealed partial record ResourceValues(IReadOnlyList<ServiceLocation> Services, IReadOnlyDictionary<string, string> Variables)
{
    private const string Pid = "executable.pid";

    /// <summary>Gathers them.</summary>
    /// <param name="resources">The resources.</param>
    /// <param name="sightings">Knows how they stand.</param>
    /// <param name="map">Has the edges.</param>
    public static ResourceValues Of(IEnumerable<IResource> resources, ResourceSightings sightings, EdgeMap map)
    {
        List<ServiceLocation> services = [];
        Dictionary<string, string> variables = [];
        foreach (var resource in resources.Where(static resource => resource is IResourceWithEndpoints).ToArray())
        {
            // Of several instances no one is meant.
            var process = sightings.Of(resource.Name) is [var only] ? Process(resource, only) : null;
            services.Add(new ServiceLocation(resource.Name, null, process)
            {
                Proxies =
                [
                    .. map.Edges
                        .Where(edge => edge.Edge.To == resource.Name && edge is { Proxy: not null, Problem: null })
                        .Select(static edge => edge.Proxy!.For(edge.Edge.From)),
                ],
            });
            if (process is { } known)
            {
                variables[Name($"{resource.Name}_pid")] = known.Id.ToString(CultureInfo.InvariantCulture);
            }

            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            {
                if (endpoint.AllocatedEndpoint is { } allocated)
                {
                    variables[Name($"{resource.Name}_{endpoint.Name}_url")] = allocated.UriString;
                    variables[Name($"{resource.Name}_{endpoint.Name}_host")] = allocated.Address;
                    variables[Name($"{resource.Name}_{endpoint.Name}_port")] = allocated.Port.ToString(CultureInfo.InvariantCulture);
                }
            }
        }

        return new ResourceValues(services, variables);
    }

    /// <summary>Those of the variables whose names stand in an experiment's file, as the command line would give them.</summary>
    /// <param name="path">The file.</param>
    public IReadOnlyList<string> VariablesIn(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var text = File.ReadAllText(path);
        return [.. Variables
            .Where(variable => text.Contains(variable.Key, StringComparison.Ordinal))
            .Select(static variable => $"{variable.Key}{(IsNumber(variable.Key) ? ":int" : "")}={variable.Value}")];
    }

    private static bool IsNumber(string name) =>
        name.EndsWith("_port", StringComparison.Ordinal) || name.EndsWith("_pid", StringComparison.Ordinal);

    private static ProcessIdentity? Process(IResource resource, CustomResourceSnapshot snapshot)
    {
        if (snapshot.Properties.FirstOrDefault(static property => property.Name == Pid)?.Value is not { } value
            || !int.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var pid))
        {
            return null;
        }

        // A project is started by 'dotnet run', and its program is the child of that.
        return resource is not ProjectResource ? ProcessTable.Find(pid) is { IsAlive: true } status ? status.Identity : null
            : ProcessTable.List().Where(process => process.ParentId == pid && process.IsAlive).ToArray() is [var child] ? child.Identity
            : null;
    }

    // Names of values know no hyphens.
    private static string Name(string name) => NoName().Replace(name, "_");

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex NoName();
}
