using Aspire.Hosting.ApplicationModel;

namespace Turbulence.Aspire.Resources;

/// <summary>The fault proxies of an AppHost, and what hangs on them: an edge for each way between resources, and experiments.</summary>
public sealed class ChaosResource : Resource
{
    internal ChaosResource(string name)
        : base(name)
    {
    }
}
