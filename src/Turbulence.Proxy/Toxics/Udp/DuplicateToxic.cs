using Turbulence.Proxy.Decisions;

namespace Turbulence.Proxy.Toxics.Udp;

/// <summary>
/// <c>duplicate</c>: datagrams arrive more than once.
/// <code>
///   in   a b c d
///   out  a b b c d
/// </code>
/// </summary>
internal sealed class DuplicateToxic() : DatagramToxic("duplicate", "lets datagrams arrive more than once", [Copies])
{
    private static readonly ToxicAttribute Copies =
        new("copies", ToxicAttributeType.Integer, "how often it arrives beside the first time") { Default = "1", Least = 1, Most = 16 };

    public override DatagramRule CreateRule(ToxicValues values) => new Rule((int)values.Integer(Copies));

    private sealed class Rule(int copies) : DatagramRule
    {
        private const int Most = 64;

        public override int? Apply(Span<byte> bytes, StageRandom chance, ref DatagramFate fate)
        {
            fate.Copies = Math.Min(Most, ((fate.Copies + 1) * (copies + 1)) - 1);
            return bytes.Length;
        }
    }
}
