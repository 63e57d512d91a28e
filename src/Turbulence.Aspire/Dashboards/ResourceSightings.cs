using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;

namespace Turbulence.Aspire.Dashboards;

/// <summary>How the resources of the application stand, as they were seen last.</summary>
internal sealed class ResourceSightings
{
    private readonly ConcurrentDictionary<string, (string Name, CustomResourceSnapshot Snapshot)> instances = [];

    /// <summary>Takes note of one.</summary>
    public void Take(ResourceEvent told) => instances[told.ResourceId] = (told.Resource.Name, told.Snapshot);

    /// <summary>The instances of a resource: one for each of its replicas.</summary>
    /// <param name="resource">Its name.</param>
    public IReadOnlyList<CustomResourceSnapshot> Of(string resource) =>
        [.. instances.Values.Where(instance => instance.Name == resource).Select(static instance => instance.Snapshot)];
}
