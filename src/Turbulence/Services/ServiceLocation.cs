using Turbulence.Platform.Processes;

namespace Turbulence.Services;

/// <summary>Where a service of the experiment is found.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ReadyUrl">The URL that answers when it is ready; null where it has none.</param>
/// <param name="Process"> Its process, while the one that this run started lives; null where the service was adopted, or its process was
/// replaced, and it has to be found by its port.
/// </param>
public sealed record ServiceLocation(string Name, Uri? ReadyUrl, ProcessIdentity? Process)
{
    /// <summary>
    /// The TCP port of this machine on which it listens, by <c>ready.url</c> or <c>ready.tcp</c>; null where neither says so. Default: the
    /// URL's.
    /// </summary>
    public int? Port { get; init; } = ReadyUrl is { IsLoopback: true } ? ReadyUrl.Port : null;

    /// <summary>
    /// The fault proxies through which it is reached: as they are declared before the run has started them, with their API from then on.
    /// Default: none.
    /// </summary>
    public IReadOnlyList<ServiceProxy> Proxies { get; init; } = [];
}
