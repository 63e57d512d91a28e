using System.Runtime.InteropServices;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Sockets.Linux;

/// <summary>
/// <c>epoll</c>(7). Connections are edge triggered for both ways, so that a connection costs one <c>epoll_ctl</c> in its life. What is
/// woken with is an <c>eventfd</c>(2).
/// </summary>
internal sealed unsafe class EventPoll : SocketPoll
{
    private const int Add = 1;
    private const int Delete = 2;
    private const int Batch = 256;
    private const int NonBlockingCloseOnExec = 0x80800;
    private const int NotImplemented = 38;
    private const long WakeKey = -1;
    private const nint SetTimerSlack = 29;

    private const uint In = 1;
    private const uint Out = 4;
    private const uint Error = 8;
    private const uint HungUp = 0x10;
    private const uint PeerShut = 0x2000;
    private const uint Edge = 1u << 31;

    // struct epoll_event is packed on x86 alone: the four bytes of the event mask, then eight of ours.
    private static readonly int KeyOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;
    private static readonly int EntrySize = KeyOffset + 8;

    private readonly int poll;
    private readonly int wake;
    private bool hasNanoseconds = true;
    private bool isPrecise;
    private bool isDisposed;

    public EventPoll()
    {
        poll = LibC.CreateEventPoll(LibC.OpenCloseOnExec);
        wake = poll < 0 ? -1 : SocketCalls.CreateEvent(0, NonBlockingCloseOnExec);
        if (wake < 0 || !Control(Add, wake, In, WakeKey))
        {
            var failure = SystemError.Last("cannot wait for sockets").Message;
            Dispose();
            throw new IOException(failure);
        }
    }

    ~EventPoll() => Dispose(false);

    public override bool TryAdd(NonBlockingSocket socket, long key) => Control(Add, socket.Descriptor, In | Out | PeerShut | Edge, key);

    public override bool TryAddListener(NonBlockingSocket socket, long key) => Control(Add, socket.Descriptor, In, key);

    public override void Await(NonBlockingSocket socket, SocketReadiness readiness)
    {
        // The next edge comes by itself.
    }

    public override void Remove(NonBlockingSocket socket) => Control(Delete, socket.Descriptor, 0, 0);

    public override void Forget(NonBlockingSocket socket)
    {
        // The system does so itself when it closes it.
    }

    public override int Wait(Span<SocketEvent> ready, long nanoseconds)
    {
        var entries = stackalloc byte[Batch * 16];
        var count = Wait(entries, Math.Min(Batch, ready.Length), nanoseconds);
        var found = 0;
        for (var i = 0; i < count; i++)
        {
            var entry = entries + (i * EntrySize);
            var key = *(long*)(entry + KeyOffset);
            if (key == WakeKey)
            {
                long times;
                SocketCalls.Read(wake, &times, sizeof(long));
                continue;
            }

            ready[found++] = new SocketEvent(key, Readiness(*(uint*)entry));
        }

        return found;
    }

    public override void Wake()
    {
        long once = 1;
        SocketCalls.Write(wake, &once, sizeof(long));
    }

    protected override void Dispose(bool disposing)
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        if (poll >= 0)
        {
            LibC.Close(poll);
        }

        if (wake >= 0)
        {
            LibC.Close(wake);
        }
    }

    private static SocketReadiness Readiness(uint events) =>
        ((events & (In | PeerShut | HungUp | Error)) != 0 ? SocketReadiness.Readable : 0)
        | ((events & (Out | HungUp | Error)) != 0 ? SocketReadiness.Writable : 0)
        | ((events & (PeerShut | HungUp | Error)) != 0 ? SocketReadiness.Ended : 0);

    private int Wait(byte* entries, int count, long nanoseconds)
    {
        if (nanoseconds is 0 or Forever || !hasNanoseconds)
        {
            // Rounded up: one that wakes too early only waits again.
            return LibC.WaitEventPoll(poll, entries, count, nanoseconds <= 0
                ? (int)nanoseconds
                : (int)Math.Min(int.MaxValue, (nanoseconds + 999_999) / 1_000_000));
        }

        if (!isPrecise)
        {
            // Otherwise the system takes the liberty of 50 µs.
            isPrecise = true;
            LibC.ProcessControl(SetTimerSlack, 1, 0, 0, 0);
        }

        var time = stackalloc long[2];
        (time[0], time[1]) = (nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000);
        var found = SocketCalls.WaitEventPoll(poll, entries, count, time, null);
        if (found < 0 && Marshal.GetLastPInvokeError() == NotImplemented)
        {
            hasNanoseconds = false;
            return Wait(entries, count, nanoseconds);
        }

        return found;
    }

    private bool Control(int operation, int file, uint events, long key)
    {
        var entry = stackalloc byte[16];
        *(uint*)entry = events;
        *(long*)(entry + KeyOffset) = key;
        return LibC.ControlEventPoll(poll, operation, file, entry) == 0;
    }
}
