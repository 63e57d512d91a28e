using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Tcp;

/// <summary>
/// <c>reset_peer</c>: both sides get a reset (RST), a time after the first bytes that come; these are dropped:
/// <code>
///   in       a   b
///   out                  reset, both ways
///            ├──timeout──┤
/// </code>
/// </summary>
internal sealed class ResetPeerToxic() : ToxicKind("reset_peer", "breaks the connection off", [Timeout, Idle])
{
    private static readonly ToxicAttribute Timeout = new("timeout", ToxicAttributeType.Number, "how long after the first bytes")
    {
        Unit = "ms",
    };

    private static readonly ToxicAttribute Idle =
        new(
            "idle",
            ToxicAttributeType.Boolean,
            "whether the time begins at once, so that a connection on which nothing comes is broken off as well");

    public override ToxicStage CreateStage() => new Stage();

    private sealed class Stage : ToxicStage
    {
        private long timeout;
        private bool isIdle;
        private bool hasDropped;
        private long since = Never;

        public override void Accept(in Packet packet)
        {
            Count(packet.Length);
            packet.Release();
            hasDropped = true;
            if (packet.Kind == PacketKind.Reset)
            {
                ResetConnection();
            }
            else if (since == Never)
            {
                since = Clock.Now;
                Await();
            }
        }

        // What was dropped would be missing in the middle.
        public override void Leave()
        {
            if (hasDropped)
            {
                ResetConnection();
            }
        }

        protected override void Configure(ToxicValues values)
        {
            timeout = Clock.Milliseconds(values.Number(Timeout));
            isIdle = values.Boolean(Idle);
            if (isIdle && since == Never)
            {
                since = Clock.Now;
            }

            Await();
        }

        protected override void Due()
        {
            CountEnd();
            ResetConnection();
        }

        private void Await() => WakeAt(since == Never ? Never : since + timeout);
    }
}
