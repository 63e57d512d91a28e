using Turbulence.Faults.PacketFilters;

namespace Turbulence.Faults.Kinds;

/// <summary>
/// <c>network.drop</c>: packets are taken away and nobody is told, as behind a cable that was pulled: whoever waits for an answer waits.
/// </summary>
internal sealed class NetworkDrop() : PacketFilterKind(
    "network.drop", "takes packets of this machine away, by Linux's packet filter: who waits for an answer waits", isRejected: false);
