using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Tcp;

/// <summary>
/// <c>timeout</c>: nothing passes, and after a time the connection is closed; with 0 only when the toxic goes:
/// <code>
///   in   a b   c   d
///   out               closed
///        ├─timeout───┤
/// </code>
/// </summary>
internal sealed class TimeoutToxic()
    : ToxicKind("timeout", "lets nothing pass, and closes the connection after a time", [Timeout, Postponed])
{
    private static readonly ToxicAttribute Timeout = new("timeout", ToxicAttributeType.Number, "after how long it is closed; 0 for never")
    {
        Unit = "ms",
    };

    private static readonly ToxicAttribute Postponed =
        new("postponed", ToxicAttributeType.Boolean, "whether the time begins anew with all that comes, as it does in Toxiproxy");

    public override ToxicStage CreateStage() => new Stage();

    private sealed class Stage : ToxicStage
    {
        private long since;
        private long timeout;
        private bool isPostponed;

        public override void Accept(in Packet packet)
        {
            Count(packet.Length);
            var isReset = packet.Kind == PacketKind.Reset;
            packet.Release();
            if (isReset)
            {
                // Nobody is there any more for whom it could be closed later.
                ResetConnection();
            }
            else if (isPostponed)
            {
                since = Clock.Now;
                Await();
            }
        }

        // What was dropped would be missing in the middle.
        public override void Leave() => CloseConnection();

        protected override void Configure(ToxicValues values)
        {
            timeout = Clock.Milliseconds(values.Number(Timeout));
            isPostponed = values.Boolean(Postponed);
            Await();
        }

        protected override void Start()
        {
            since = Clock.Now;
            Await();
        }

        protected override void Due()
        {
            CountEnd();
            CloseConnection();
        }

        private void Await() => WakeAt(timeout == 0 || since == 0 ? Never : since + timeout);
    }
}
