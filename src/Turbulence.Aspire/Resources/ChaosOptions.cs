using Turbulence.Aspire.Edges;
using Turbulence.Runs.Requests;

namespace Turbulence.Aspire.Resources;

/// <summary>What <c>AddChaos</c> puts into an AppHost.</summary>
public sealed class ChaosOptions
{
    /// <summary>Which edges a fault proxy is put on. Default: all.</summary>
    public Func<Edge, bool> Edges { get; set; } = static _ => true;

    /// <summary>The port of 127.0.0.1 on which the proxy of an edge listens. Default: 0 for each, a free one.</summary>
    public Func<Edge, int> Port { get; set; } = static _ => 0;

    /// <summary>
    /// After how long a fault that was put in from the dashboard is taken back by itself, unless its command says another time. Range: a
    /// second to a day. Default: ten minutes.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Where faults are written down, which program guards them, and the seed. Its services are those of the AppHost. Default: as for every
    /// run of this user on this machine.
    /// </summary>
    public RunPlace Place { get; set; } = new();

    /// <summary>
    /// The folder where the journals and reports of experiments are kept. Default: null, <c>chaos</c> in the folder that Aspire keeps for
    /// the AppHost, <c>.aspire</c> in its <c>obj</c>.
    /// </summary>
    public string? Journals { get; set; }
}
