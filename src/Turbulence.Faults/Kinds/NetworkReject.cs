using Turbulence.Faults.PacketFilters;

namespace Turbulence.Faults.Kinds;

/// <summary>
/// <c>network.reject</c>: packets are taken away and their sender is told at once, by a reset (TCP) or "port unreachable", as a firewall or
/// a dead service does.
/// </summary>
internal sealed class NetworkReject() : PacketFilterKind(
    "network.reject", "refuses packets of this machine, by Linux's packet filter: their sender is told at once", isRejected: true);
