using Turbulence.Proxy.Buffers;
using Turbulence.Proxy.Toxics.Udp;

namespace Turbulence.Proxy.Toxics.Tcp;

/// <summary>
/// <c>blackhole</c>: a connection is accepted, and nothing ever comes of it. The upstream hears nothing of a new one; on one that was
/// there, neither side hears of the other any more, not even of its end. When the toxic goes it is closed, since bytes are missing:
/// <code>
///   in   a b   c   end
///   out
/// </code>
/// </summary>
internal sealed class BlackholeToxic() : ToxicKind("blackhole", "accepts connections, and swallows everything", [])
{
    public override ToxicReach Reach => ToxicReach.BothStreams;

    public override ConnectionOpening Opening => ConnectionOpening.Hold;

    public override bool IsForDatagrams => true;

    public override ToxicStage CreateStage() => new Stage();

    public override DatagramRule CreateRule(ToxicValues values) => new LossToxic.Rule();

    private sealed class Stage : ToxicStage
    {
        public override void Accept(in Packet packet)
        {
            Count(packet.Length);
            if (packet.Kind != PacketKind.Data)
            {
                CountEnd();
            }

            packet.Release();
        }

        public override void Leave() => CloseConnection();
    }
}
