using Aspire.Hosting.ApplicationModel;

namespace Turbulence.Aspire.Resources;

/// <summary>An experiment of an AppHost, as the dashboard shows it.</summary>
public sealed class ExperimentResource : Resource, IResourceWithParent<ChaosResource>
{
    internal ExperimentResource(string name, string path, ChaosResource parent)
        : base(name)
    {
        Path = path;
        Parent = parent;
    }

    /// <summary>Its file, as a full path, or its URL.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public ChaosResource Parent { get; }
}
