using Turbulence.Proxy.Buffers;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Datagrams;

/// <summary>A datagram that leaves later.</summary>
/// <param name="Flow">Whose it is.</param>
/// <param name="Direction">Where it goes.</param>
/// <param name="Number">Its number in its flow and direction.</param>
/// <param name="Overtaking">What has hit it in order that others overtake it; null for nothing.</param>
/// <param name="Packet">Its bytes.</param>
internal readonly record struct DelayedDatagram(
    DatagramFlow Flow, ToxicStream Direction, long Number, ToxicEntry? Overtaking, Packet Packet);
