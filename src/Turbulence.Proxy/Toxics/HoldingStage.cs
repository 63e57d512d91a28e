using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics;

/// <summary>A stage that keeps packets for a while, and loses none.</summary>
internal abstract class HoldingStage : ToxicStage
{
    public override long HeldBytes => Held.Bytes;

    /// <summary>What it keeps.</summary>
    protected PacketQueue Held { get; } = new();

    public override void Leave()
    {
        while (!Held.IsEmpty)
        {
            Forward(Held.Take());
        }
    }

    public override void Discard() => Held.Clear();
}
