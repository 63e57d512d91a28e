using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Tcp;

/// <summary>
/// <c>slicer</c>: bytes arrive in small pieces, with a pause between them:
/// <code>
///   in   aaaaaaaaaa
///   out  aa  aaa  aa  aaa
///          ├┤ delay
/// </code>
/// </summary>
internal sealed class SlicerToxic() : ToxicKind("slicer", "cuts bytes into small pieces", [AverageSize, SizeVariation, Delay])
{
    private const int Capacity = 64 << 10;

    private static readonly ToxicAttribute AverageSize =
        new("average_size", ToxicAttributeType.Integer, "how large a piece is; 0 for not cut") { Unit = "bytes", Most = 1 << 30 };

    private static readonly ToxicAttribute SizeVariation =
        new("size_variation", ToxicAttributeType.Integer, "how much larger or smaller than that, by chance; less than average_size")
        {
            Unit = "bytes",
            Most = 1 << 30,
        };

    private static readonly ToxicAttribute Delay = new("delay", ToxicAttributeType.Number, "the pause between two pieces") { Unit = "µs" };

    public override string? Problem(ToxicValues values) =>
        values.Integer(SizeVariation) is > 0 and var variation && variation >= values.Integer(AverageSize)
        ? "size_variation must be less than average_size"
        : null;

    public override ToxicStage CreateStage() => new Stage();

    private sealed class Stage : HoldingStage
    {
        private long size;
        private long variation;
        private long delay;
        private long last = long.MinValue / 2;

        public override bool IsFull => Held.Bytes >= Capacity;

        public override void Accept(in Packet packet)
        {
            Held.Add(packet);
            if (Held.Count == 1)
            {
                Release();
            }
        }

        protected override void Configure(ToxicValues values)
        {
            size = values.Integer(AverageSize);
            variation = values.Integer(SizeVariation);
            delay = Clock.Milliseconds(values.Number(Delay) / 1000);
            if (!Held.IsEmpty)
            {
                WakeAt(last + delay);
            }
        }

        protected override void Due() => Release();

        private void Release()
        {
            while (!Held.IsEmpty)
            {
                if (Held.First.Length > 0)
                {
                    if (last + delay > Clock.Now)
                    {
                        WakeAt(last + delay);
                        return;
                    }

                    last = Clock.Now;
                }

                var piece = size == 0 ? long.MaxValue : size + Random.NextBetween(-variation, variation);
                var isCut = piece < Held.First.Length;
                Count(isCut ? piece : 0);
                Forward(isCut ? Held.TakePiece((int)piece) : Held.Take());
            }
        }
    }
}
