using Turbulence.Proxy.Buffers;
using Turbulence.Proxy.Decisions;
using Turbulence.Proxy.Toxics.Udp;

namespace Turbulence.Proxy.Toxics.Tcp;

/// <summary><c>noop</c>: does nothing, and counts what passes.</summary>
internal sealed class NoopToxic() : ToxicKind("noop", "does nothing, and counts what passes", [])
{
    public override bool IsForDatagrams => true;

    public override ToxicStage CreateStage() => new Stage();

    public override DatagramRule CreateRule(ToxicValues values) => new Rule();

    private sealed class Rule : DatagramRule
    {
        public override int? Apply(Span<byte> bytes, StageRandom chance, ref DatagramFate fate) => bytes.Length;
    }

    private sealed class Stage : ToxicStage
    {
        public override void Accept(in Packet packet)
        {
            Count(packet.Length);
            Forward(packet);
        }
    }
}
