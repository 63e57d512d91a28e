using Turbulence.Proxy.Decisions;

namespace Turbulence.Proxy.Toxics.Udp;

/// <summary>What a toxic does to a datagram that it hits. It keeps nothing of one.</summary>
internal abstract class DatagramRule
{
    /// <summary>
    /// Whether it has done something only where another datagram overtakes the one that it hit, so that it is counted then. Default: no.
    /// </summary>
    public virtual bool IsForOvertaking => false;

    /// <summary>Decides what becomes of it.</summary>
    /// <param name="bytes">The datagram; it may be changed.</param>
    /// <param name="chance">The datagram's own chance.</param>
    /// <param name="fate">What becomes of it so far.</param>
    /// <returns>How many of its bytes it does something to; null where the datagram stays what it was.</returns>
    public abstract int? Apply(Span<byte> bytes, StageRandom chance, ref DatagramFate fate);
}
