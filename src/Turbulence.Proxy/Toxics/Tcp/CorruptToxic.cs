using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Tcp;

/// <summary>
/// <c>corrupt</c>: one bit of some bytes is turned over, by chance or of each n-th byte. Which bytes of a connection and which bit, the seed says, however they are read:
/// <code>
///   in   hello, world
///   out  hellO, wosld
/// </code>
/// </summary>
internal sealed class CorruptToxic() : ToxicKind("corrupt", "turns bits over", [Share, Every])
{
    private static readonly ToxicAttribute Share =
        new("share", ToxicAttributeType.Number, "the share of bytes that are changed, by chance; not used where every is given") { Default = "0.001", Most = 1 };

    private static readonly ToxicAttribute Every = new("every", ToxicAttributeType.Integer, "each how many bytes one is changed; 0 for by chance") { Unit = "bytes" };

    public override ToxicStage CreateStage() => new Stage();

    private sealed class Stage : ToxicStage
    {
        private double share;
        private long every;

        // Bytes that pass before the next one that is changed.
        private long spared;

        public override void Accept(in Packet packet)
        {
            var bytes = packet.Bytes;
            var changed = 0;
            long place = spared;
            while (place < bytes.Length)
            {
                bytes[(int)place] ^= (byte)(1 << (int)(Random.Next() >> 61));
                changed++;
                place += 1 + Spare();
            }

            spared = place - bytes.Length;
            Count(changed);
            Forward(packet);
        }

        protected override void Configure(ToxicValues values)
        {
            share = values.Number(Share);
            every = values.Integer(Every);
            spared = Spare();
        }

        // How long it takes until one of many independent chances comes true.
        private long Spare() => every > 0 ? every - 1
            : share <= 0 ? long.MaxValue / 4
            : share >= 1 ? 0
            : (long)Math.Min(long.MaxValue / 4, Math.Log(1 - Random.NextShare()) / Math.Log(1 - share));
    }
}
