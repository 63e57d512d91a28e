using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Tcp;

/// <summary>
/// <c>limit_data</c>: so many bytes pass on each connection, then it is closed in order:
/// <code>
///   in   aaaa bbbb
///   out  aaaa b closed
/// </code>
/// </summary>
internal sealed class LimitDataToxic() : ToxicKind("limit_data", "closes the connection after so many bytes", [Bytes])
{
    private static readonly ToxicAttribute Bytes = new("bytes", ToxicAttributeType.Integer, "how many bytes pass") { Unit = "bytes" };

    public override ToxicStage CreateStage() => new Stage();

    private sealed class Stage : ToxicStage
    {
        private long limit;
        private long passed;
        private bool isClosed;

        public override void Accept(in Packet packet)
        {
            if (isClosed)
            {
                Count(packet.Length);
                packet.Release();
                return;
            }

            if (packet.Kind != PacketKind.Data)
            {
                Forward(packet);
                return;
            }

            var left = Math.Max(0, limit - passed);
            passed += packet.Length;
            if (packet.Length < left)
            {
                Forward(packet);
                return;
            }

            isClosed = true;
            CountEnd();
            Count(packet.Length - left);
            if (packet.Length == left)
            {
                Forward(packet);
            }
            else if (left == 0)
            {
                packet.Release();
            }
            else
            {
                Forward(packet.Cut((int)left, out var rest));
                rest.Release();
            }

            Forward(Packet.Close);
        }

        protected override void Configure(ToxicValues values) => limit = values.Integer(Bytes);
    }
}
