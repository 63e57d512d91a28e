using Turbulence.Proxy.Toxics.Http;
using Turbulence.Proxy.Toxics.Tcp;
using Turbulence.Proxy.Toxics.Udp;

namespace Turbulence.Proxy.Toxics;

/// <summary>All kinds of toxics.</summary>
internal static class ToxicKinds
{
    /// <summary>In the order in which people are shown them.</summary>
    public static IReadOnlyList<ToxicKind> All { get; } =
    [
        new LatencyToxic(),
        new BandwidthToxic(),
        new SlowCloseToxic(),
        new TimeoutToxic(),
        new ResetPeerToxic(),
        new SlicerToxic(),
        new LimitDataToxic(),
        new CorruptToxic(),
        new BlackholeToxic(),
        new HalfOpenToxic(),
        new RefuseToxic(),
        new StallToxic(),
        new NoopToxic(),
        new HttpStatusToxic(),
        new HttpAbortToxic(),
        new HttpDelayToxic(),
        new HttpLostToxic(),
        new HttpHeaderToxic(),
        new HttpBodyToxic(),
        new LossToxic(),
        new DuplicateToxic(),
        new ReorderToxic(),
    ];

    /// <summary>The kind of a wire name; null for none.</summary>
    public static ToxicKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
