using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Tcp;

/// <summary>
/// <c>half_open</c>: bytes pass, but the destination is never told that the source has ended or broken off, as when a cable is pulled. It
/// hears of it when the toxic goes:
/// <code>
///   in   a b   reset
///   out  a b
/// </code>
/// </summary>
internal sealed class HalfOpenToxic() : ToxicKind("half_open", "never tells that the other side has gone", [])
{
    public override ToxicStage CreateStage() => new Stage();

    private sealed class Stage : HoldingStage
    {
        public override void Accept(in Packet packet)
        {
            if (packet.Kind == PacketKind.Data)
            {
                Forward(packet);
            }
            else
            {
                CountEnd();
                Held.Add(packet);
            }
        }
    }
}
