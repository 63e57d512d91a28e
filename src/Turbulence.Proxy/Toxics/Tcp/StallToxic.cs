using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Tcp;

/// <summary>
/// <c>stall</c>: again and again nothing passes for a while, on all connections at once, as when a machine stops to think. Nothing is lost:
/// <code>
///   in   a b c d e f g h i j
///   out        abcd e f       ghi j
///        ├pause┤      ├pause┤
///        ├────every───┤
/// </code>
/// </summary>
internal sealed class StallToxic() : ToxicKind("stall", "lets nothing pass for a while, again and again", [Pause, Every])
{
    private const int Capacity = 1 << 20;

    private static readonly ToxicAttribute Pause = new("pause", ToxicAttributeType.Number, "how long nothing passes; not more than every")
    {
        Unit = "ms",
        Default = "100",
    };

    private static readonly ToxicAttribute Every =
        new(
            "every",
            ToxicAttributeType.Number,
            "how long after the beginning of a pause the next one begins; the first begins when the toxic is added")
        {
            Unit = "ms",
            Default = "1000",
            Least = 1,
        };

    public override string? Problem(ToxicValues values) =>
        values.Number(Pause) > values.Number(Every) ? "pause must not be more than every" : null;

    public override ToxicStage CreateStage() => new Stage();

    private sealed class Stage : HoldingStage
    {
        private long pause;
        private long every;

        public override bool IsFull => Held.Bytes >= Capacity;

        public override void Accept(in Packet packet)
        {
            var (isPaused, end) = Window();
            if (!isPaused && Held.IsEmpty)
            {
                Forward(packet);
                return;
            }

            Count(packet.Length);
            Held.Add(packet);
            if (Held.Count == 1)
            {
                WakeAt(end);
            }
        }

        protected override void Configure(ToxicValues values)
        {
            pause = Clock.Milliseconds(values.Number(Pause));
            every = Math.Max(1, Clock.Milliseconds(values.Number(Every)));
            if (!Held.IsEmpty)
            {
                WakeAt(Window() is (true, var end) ? end : Clock.Now);
            }
        }

        protected override void Due()
        {
            while (!Held.IsEmpty)
            {
                if (Window() is (true, var end))
                {
                    WakeAt(end);
                    return;
                }

                Forward(Held.Take());
            }
        }

        /// <summary>Whether nothing passes now, and when that ends.</summary>
        private (bool IsPaused, long End) Window()
        {
            var now = Clock.Now;
            var into = (now - Entry.Since) % every;
            return (into < pause, now - into + pause);
        }
    }
}
