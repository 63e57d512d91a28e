using Turbulence.Proxy.Buffers;
using Turbulence.Proxy.Decisions;
using Turbulence.Proxy.Toxics.Udp;

namespace Turbulence.Proxy.Toxics.Tcp;

/// <summary>
/// <c>latency</c>: a delay line. Whatever comes, its end included, leaves so much later, however much is on its way:
/// <code>
///   in   a b   c           end
///   out          a b   c           end
///        ├latency┤
/// </code>
/// With jitter each packet has a delay of its own, and none overtakes another.
/// </summary>
internal sealed class LatencyToxic() : ToxicKind("latency", "lets everything arrive later", [Latency, Jitter])
{
    // What Toxiproxy keeps at most: 1,024 pieces of 32 KiB.
    private const int Capacity = 32 << 20;

    private static readonly ToxicAttribute Latency = new("latency", ToxicAttributeType.Number, "how much later") { Unit = "ms" };
    private static readonly ToxicAttribute Jitter = new("jitter", ToxicAttributeType.Number, "how much more or less than that, by chance")
    {
        Unit = "ms",
    };

    public override bool IsForDatagrams => true;

    public override ToxicStage CreateStage() => new Stage();

    public override DatagramRule CreateRule(ToxicValues values) => new Rule(values.Number(Latency), values.Number(Jitter));

    private sealed class Rule(double latency, double jitter) : DatagramRule
    {
        public override int? Apply(Span<byte> bytes, StageRandom chance, ref DatagramFate fate)
        {
            var delay = Math.Max(0, latency + (((chance.NextShare() * 2) - 1) * jitter));
            fate.Delay += delay;
            return delay > 0 ? bytes.Length : null;
        }
    }

    private sealed class Stage : HoldingStage
    {
        private long latency;
        private long jitter;
        private long nextRelease;

        public override bool IsFull => Held.Bytes >= Capacity;

        public override void Accept(in Packet packet)
        {
            Count(packet.Length);
            if (packet.Kind != PacketKind.Data)
            {
                CountEnd();
            }

            Held.Add(packet.At(Clock.Now));
            if (Held.Count == 1)
            {
                Await();
            }
        }

        protected override void Configure(ToxicValues values)
        {
            latency = Clock.Milliseconds(values.Number(Latency));
            jitter = Clock.Milliseconds(values.Number(Jitter));
            if (!Held.IsEmpty)
            {
                Await();
            }
        }

        protected override void Due()
        {
            // The packets behind it that are due by now leave with it.
            while (!Held.IsEmpty)
            {
                if (nextRelease > Clock.Now)
                {
                    WakeAt(nextRelease);
                    return;
                }

                Forward(Held.Take());
                if (!Held.IsEmpty)
                {
                    nextRelease = Release();
                }
            }
        }

        private void Await()
        {
            nextRelease = Release();
            WakeAt(nextRelease);
        }

        private long Release() =>
            Held.First.Arrival + Math.Max(0, latency + (jitter == 0 ? 0 : (long)(((Random.NextShare() * 2) - 1) * jitter)));
    }
}
