using Turbulence.Proxy.Buffers;
using Turbulence.Proxy.Decisions;
using Turbulence.Proxy.Toxics.Udp;

namespace Turbulence.Proxy.Toxics.Tcp;

/// <summary>
/// <c>corrupt</c>: one bit of some bytes is turned over, by chance or of each n-th byte. Which bytes of a connection and which bit, the
/// seed says, however they are read:
/// <code>
///   in   hello, world
///   out  hellO, wosld
/// </code>
/// </summary>
internal sealed class CorruptToxic() : ToxicKind("corrupt", "turns bits over", [Share, Every])
{
    private static readonly ToxicAttribute Share =
        new("share", ToxicAttributeType.Number, "the share of bytes that are changed, by chance; not used where every is given")
        {
            Default = "0.001",
            Most = 1,
        };

    private static readonly ToxicAttribute Every =
        new("every", ToxicAttributeType.Integer, "each how many bytes one is changed; 0 for by chance") { Unit = "bytes" };

    public override bool IsForDatagrams => true;

    public override ToxicStage CreateStage() => new Stage();

    public override DatagramRule CreateRule(ToxicValues values) => new Rule(values.Number(Share), values.Integer(Every));

    // How long it takes until one of many independent chances comes true.
    private static long Spare(double share, long every, ref StageRandom chance) => every > 0 ? every - 1
        : share <= 0 ? long.MaxValue / 4
        : share >= 1 ? 0
        : (long)Math.Min(long.MaxValue / 4, Math.Log(1 - chance.NextShare()) / Math.Log(1 - share));

    /// <summary>Turns bits over.</summary>
    /// <returns>How many bytes were changed.</returns>
    private static int Turn(Span<byte> bytes, double share, long every, ref long spared, ref StageRandom chance)
    {
        var changed = 0;
        var place = spared;
        while (place < bytes.Length)
        {
            bytes[(int)place] ^= (byte)(1 << (int)(chance.Next() >> 61));
            changed++;
            place += 1 + Spare(share, every, ref chance);
        }

        spared = place - bytes.Length;
        return changed;
    }

    private sealed class Rule(double share, long every) : DatagramRule
    {
        public override int? Apply(Span<byte> bytes, StageRandom chance, ref DatagramFate fate)
        {
            var spared = Spare(share, every, ref chance);
            return Turn(bytes, share, every, ref spared, ref chance) is var changed and > 0 ? changed : null;
        }
    }

    private sealed class Stage : ToxicStage
    {
        private double share;
        private long every;

        // Bytes that pass before the next one that is changed.
        private long spared;

        public override void Accept(in Packet packet)
        {
            Count(Turn(packet.Bytes, share, every, ref spared, ref Random));
            Forward(packet);
        }

        protected override void Configure(ToxicValues values)
        {
            share = values.Number(Share);
            every = values.Integer(Every);
            spared = Spare(share, every, ref Random);
        }
    }
}
