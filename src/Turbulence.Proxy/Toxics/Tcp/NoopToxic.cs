using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Tcp;

/// <summary><c>noop</c>: does nothing, and counts what passes.</summary>
internal sealed class NoopToxic() : ToxicKind("noop", "does nothing, and counts what passes", [])
{
    public override ToxicStage CreateStage() => new Stage();

    private sealed class Stage : ToxicStage
    {
        public override void Accept(in Packet packet)
        {
            Count(packet.Length);
            Forward(packet);
        }
    }
}
