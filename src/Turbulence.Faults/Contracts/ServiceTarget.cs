using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Contracts;

/// <summary>A service of the experiment, as a fault can find it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ReadyUrl">The URL that answers when it is ready; null where it has none.</param>
/// <param name="Process">Its process where this run started it; null where it was adopted and has to be found by its port.</param>
public sealed record ServiceTarget(string Name, Uri? ReadyUrl, ProcessIdentity? Process)
{
    /// <summary>The TCP port of this machine on which it listens; null where that is not known. Default: the URL's.</summary>
    public int? Port { get; init; } = ReadyUrl is { IsLoopback: true } ? ReadyUrl.Port : null;
}
