using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Tcp;

/// <summary>
/// <c>refuse</c>: new connections are refused with a reset (RST), before the upstream hears of them. Those that are there go on.
/// </summary>
internal sealed class RefuseToxic() : ToxicKind("refuse", "refuses new connections", [])
{
    public override ConnectionOpening Opening => ConnectionOpening.Refuse;

    public override ToxicStage CreateStage() => new Stage();

    private sealed class Stage : ToxicStage
    {
        public override void Accept(in Packet packet) => Forward(packet);
    }
}
