using Turbulence.Proxy.Decisions;

namespace Turbulence.Proxy.Toxics.Udp;

/// <summary>
/// <c>loss</c>: datagrams never arrive; its toxicity is the share of those.
/// <code>
///   in   a b c d e
///   out  a b   d e
/// </code>
/// </summary>
internal sealed class LossToxic() : DatagramToxic("loss", "loses datagrams", [])
{
    public override DatagramRule CreateRule(ToxicValues values) => new Rule();

    /// <summary>Loses it.</summary>
    internal sealed class Rule : DatagramRule
    {
        public override int? Apply(Span<byte> bytes, StageRandom chance, ref DatagramFate fate)
        {
            fate.IsLost = true;
            return bytes.Length;
        }
    }
}
