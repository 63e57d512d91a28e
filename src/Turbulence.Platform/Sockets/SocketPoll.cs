using Turbulence.Platform.Sockets.Linux;
using Turbulence.Platform.Sockets.Portable;

namespace Turbulence.Platform.Sockets;

/// <summary>
/// Waits, on one thread, for any of many non-blocking sockets to become ready, for a time of nanoseconds where the system can. Everything
/// but <see cref="Wake"/> belongs to that thread.
/// </summary>
/// <remarks>
/// A connection's readiness is told once for each way, until a call on it found nothing to read or no room to write and said so with
/// <see cref="Await"/>. A listener's is told at each wait, as long as a connection is there to accept.
/// </remarks>
public abstract class SocketPoll : IDisposable
{
    /// <summary>Waits for ever.</summary>
    public const long Forever = -1;

    /// <summary>Makes one: of <c>epoll</c>(7) on Linux, of <c>select</c> elsewhere.</summary>
    /// <param name="portable">Whether it is to be of <c>select</c> in any case.</param>
    /// <exception cref="IOException">There are no open files or no memory left for it.</exception>
    public static SocketPoll Create(bool portable = false) => OperatingSystem.IsLinux() && !portable ? new EventPoll() : new SelectPoll();

    /// <summary>Begins to wait for a connection, both ways.</summary>
    /// <param name="socket">Its socket.</param>
    /// <param name="key">What tells its events from those of others.</param>
    /// <returns>Whether it can be waited for; not where the system has no memory for it.</returns>
    public abstract bool TryAdd(NonBlockingSocket socket, long key);

    /// <summary>Begins to wait for connections that can be accepted.</summary>
    /// <param name="socket">The listening socket.</param>
    /// <param name="key">What tells its events from those of others.</param>
    /// <returns>Whether it can be waited for.</returns>
    public abstract bool TryAddListener(NonBlockingSocket socket, long key);

    /// <summary>Says that a call found nothing to read, or no room to write, so that the next time is told.</summary>
    public abstract void Await(NonBlockingSocket socket, SocketReadiness readiness);

    /// <summary>Waits for a socket no more, which stays open.</summary>
    public abstract void Remove(NonBlockingSocket socket);

    /// <summary>Waits for a socket no more, which is closed right after this.</summary>
    public abstract void Forget(NonBlockingSocket socket);

    /// <summary>Waits until a socket is ready, <see cref="Wake"/> is called or the time is over.</summary>
    /// <param name="ready">What became ready.</param>
    /// <param name="nanoseconds">How long it waits at most, elsewhere than on Linux up to a millisecond less; <see cref="Forever"/> for no
    /// limit.</param>
    /// <returns>How many became ready; 0 for none.</returns>
    public abstract int Wait(Span<SocketEvent> ready, long nanoseconds);

    /// <summary>Lets the wait that goes on, or else the next one, end at once. Any thread may call it.</summary>
    public abstract void Wake();

    /// <summary>Ends it. The sockets are not touched.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what it holds.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected abstract void Dispose(bool disposing);
}
