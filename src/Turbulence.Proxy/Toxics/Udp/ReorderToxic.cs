using Turbulence.Proxy.Decisions;

namespace Turbulence.Proxy.Toxics.Udp;

/// <summary>
/// <c>reorder</c>: datagrams are held back, and those that come meanwhile overtake them.
/// <code>
///   in   a b c d
///   out  a   c d b
///          ├delay┤
/// </code>
/// </summary>
internal sealed class ReorderToxic() : DatagramToxic("reorder", "lets datagrams be overtaken", [Delay])
{
    private static readonly ToxicAttribute Delay = new("delay", ToxicAttributeType.Number, "how long one is held back")
    {
        Unit = "ms",
        Default = "10",
    };

    public override DatagramRule CreateRule(ToxicValues values) => new Rule(values.Number(Delay));

    private sealed class Rule(double delay) : DatagramRule
    {
        public override bool IsForOvertaking => true;

        public override int? Apply(Span<byte> bytes, StageRandom chance, ref DatagramFate fate)
        {
            fate.Delay += delay;
            return bytes.Length;
        }
    }
}
