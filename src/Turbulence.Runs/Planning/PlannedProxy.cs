namespace Turbulence.Runs.Planning;

/// <summary>A fault proxy of a service, which the run would start.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">The service that reaches the other one through it; null where whoever does is meant.</param>
/// <param name="Listen">Where it listens; empty where that is not known yet.</param>
/// <param name="Upstream">Whom it asks; empty where that is not known yet.</param>
/// <param name="Stranger">Who has its port, so that the run would fail; null when nobody has.</param>
public sealed record PlannedProxy(string Name, string? From, string Listen, string Upstream, string? Stranger = null)
{
    /// <summary>Whether it passes datagrams of UDP on, and no connections. Default: no.</summary>
    public bool IsUdp { get; init; }
}
