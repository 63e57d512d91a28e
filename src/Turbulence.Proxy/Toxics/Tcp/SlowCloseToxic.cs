using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Tcp;

/// <summary>
/// <c>slow_close</c>: bytes pass, and the end or the reset behind them is passed on later:
/// <code>
///   in   a b   end
///   out  a b          end
///              ├delay─┤
/// </code>
/// </summary>
internal sealed class SlowCloseToxic() : ToxicKind("slow_close", "passes the end of a connection on later", [Delay])
{
    private static readonly ToxicAttribute Delay = new("delay", ToxicAttributeType.Number, "how much later") { Unit = "ms" };

    public override ToxicStage CreateStage() => new Stage();

    private sealed class Stage : HoldingStage
    {
        private long delay;

        public override void Accept(in Packet packet)
        {
            if (packet.Kind == PacketKind.Data)
            {
                Forward(packet);
                return;
            }

            CountEnd();
            Held.Add(packet.At(Clock.Now));
            Await();
        }

        protected override void Configure(ToxicValues values)
        {
            delay = Clock.Milliseconds(values.Number(Delay));
            Await();
        }

        protected override void Due()
        {
            Forward(Held.Take());
            Await();
        }

        private void Await() => WakeAt(Held.IsEmpty ? Never : Held.First.Arrival + delay);
    }
}
