using Turbulence.Proxy.Decisions;

namespace Turbulence.Proxy.Toxics.Udp;

/// <summary>What a toxic does to a datagram that it hits. It keeps nothing of one.</summary>
internal abstract class DatagramRule
{
    /// <summary>Decides what becomes of it.</summary>
    /// <param name="bytes">The datagram; it may be changed.</param>
    /// <param name="chance">The datagram's own chance.</param>
    /// <param name="fate">What becomes of it so far.</param>
    public abstract void Apply(Span<byte> bytes, StageRandom chance, ref DatagramFate fate);
}
