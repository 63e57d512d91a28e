using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Tcp;

/// <summary>
/// <c>bandwidth</c>: so many bytes a second pass on each connection. Bytes leave in pieces of ten milliseconds, and a piece that leaves
/// late does not make the next one late:
/// <code>
///   in   aaaaaaaa
///   out   a  a  a  a  a  a  a  a
/// </code>
/// </summary>
internal sealed class BandwidthToxic() : ToxicKind("bandwidth", "lets only so many bytes a second pass", [Rate])
{
    private const int PieceMilliseconds = 10;
    private const int KeptMilliseconds = 100;
    private const int LeastKept = 4 << 10;
    private const int MostKept = 1 << 20;

    // Milliseconds. Bytes that leave sooner nobody has missed. It goes by when they are due, since on a busy machine any wait.
    private const double LeastFelt = 1;

    private static readonly ToxicAttribute Rate = new("rate", ToxicAttributeType.Integer, "thousands of bytes a second; 0 for no limit")
    {
        Unit = "KB/s",
    };

    public override ToxicStage CreateStage() => new Stage();

    private sealed class Stage : HoldingStage
    {
        private long bytesPerMillisecond;
        private long free;

        public override bool IsFull =>
            bytesPerMillisecond > 0 && Held.Bytes >= Math.Clamp(bytesPerMillisecond * KeptMilliseconds, LeastKept, MostKept);

        public override void Accept(in Packet packet)
        {
            if (bytesPerMillisecond > 0 && DueAfter(packet.Length) - Clock.Now >= Clock.Milliseconds(LeastFelt))
            {
                Count(packet.Length);
            }

            Held.Add(packet);
            if (Held.Count == 1)
            {
                free = Math.Max(free, Clock.Now);
                Release();
            }
        }

        protected override void Configure(ToxicValues values)
        {
            bytesPerMillisecond = values.Integer(Rate);
            if (!Held.IsEmpty)
            {
                // What was awaited may be due much sooner now.
                free = Clock.Now;
                WakeAt(free);
            }
        }

        protected override void Due()
        {
            ForwardPiece();
            Release();
        }

        /// <summary>Forwards what takes no time, and waits for the piece that does.</summary>
        private void Release()
        {
            while (!Held.IsEmpty)
            {
                if (Held.First.Length > 0 && bytesPerMillisecond > 0)
                {
                    free += Time(Math.Min(Held.First.Length, Piece));
                    if (free > Clock.Now)
                    {
                        WakeAt(free);
                        return;
                    }
                }

                ForwardPiece();
            }
        }

        private void ForwardPiece()
        {
            if (Held.IsEmpty)
            {
                return;
            }

            if (bytesPerMillisecond > 0 && Held.First.Length > Piece)
            {
                Forward(Held.TakePiece((int)Piece));
            }
            else
            {
                Forward(Held.Take());
            }
        }

        /// <summary>When so many bytes are due that come now. What is first of those before them has its time already.</summary>
        private long DueAfter(int bytes) =>
            Held.IsEmpty ? Math.Max(free, Clock.Now) + Time(bytes) : free + Time(Held.Bytes - Math.Min(Held.First.Length, Piece) + bytes);

        private long Time(long bytes) => bytes * Clock.Frequency / (bytesPerMillisecond * 1000);

        private long Piece => bytesPerMillisecond * PieceMilliseconds;
    }
}
