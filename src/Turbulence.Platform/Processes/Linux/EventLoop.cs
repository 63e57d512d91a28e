using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>
/// The one thread that waits for children to end and reads what they write, however many there are (<c>epoll</c>(7)). It starts with the
/// first child and ends with the program. What is called on it must not wait.
/// </summary>
internal sealed class EventLoop
{
    /// <summary>There is something to read, or nobody writes any more, or the process ended (EPOLLIN).</summary>
    public const uint Readable = 1;

    /// <summary>There is room to write, or nobody reads any more (EPOLLOUT).</summary>
    public const uint Writable = 4;

    private const int Add = 1;
    private const int Remove = 2;
    private const int Batch = 64;

    private static readonly Lock Making = new();
    private static EventLoop? shared;

    // struct epoll_event is packed on x86 alone: the four bytes of the event mask, then eight of ours.
    private static readonly int KeyOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;
    private static readonly int EntrySize = KeyOffset + 8;

    private readonly Lock gate = new();
    private readonly Dictionary<long, Action> watched = [];
    private readonly int poll;
    private long lastKey;

    private EventLoop()
    {
        poll = LibC.CreateEventPoll(LibC.OpenCloseOnExec);
        if (poll < 0)
        {
            throw new IOException(SystemError.Last("cannot watch child processes").Message);
        }

        new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "child processes" }.Start();
    }

    /// <summary>The loop of this program.</summary>
    /// <exception cref="IOException">It does not run yet, and cannot be started for want of open files.</exception>
    public static EventLoop Shared
    {
        get
        {
            lock (Making)
            {
                return shared ??= new EventLoop();
            }
        }
    }

    /// <summary>Calls <paramref name="ready"/> on the loop's thread whenever the file is ready, until it is told to stop.</summary>
    /// <returns>The key to stop with; 0 when the file cannot be watched, for want of memory or of watches.</returns>
    public unsafe long Watch(SafeFileHandle file, uint events, Action ready)
    {
        long key;
        lock (gate)
        {
            key = ++lastKey;
            watched.Add(key, ready);
        }

        var entry = stackalloc byte[16];
        *(uint*)entry = events;
        *(long*)(entry + KeyOffset) = key;
        if (Control(Add, file, entry))
        {
            return key;
        }

        lock (gate)
        {
            watched.Remove(key);
        }

        return 0;
    }

    /// <summary>No more calls for this file; one that is under way may still end. Call this before the file is closed.</summary>
    public unsafe void Stop(long key, SafeFileHandle file)
    {
        var entry = stackalloc byte[16];
        Control(Remove, file, entry);
        lock (gate)
        {
            watched.Remove(key);
        }
    }

    /// <summary>Ends when the file is ready.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task WhenReadyAsync(SafeFileHandle file, uint events, CancellationToken cancellationToken)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        long key = 0;
        key = Watch(file, events, () =>
        {
            Stop(Volatile.Read(ref key), file);
            ready.TrySetResult();
        });
        if (key == 0)
        {
            throw new IOException(SystemError.Last("cannot watch a pipe").Message);
        }

        await using var registration = cancellationToken.UnsafeRegister(_ => ready.TrySetCanceled(cancellationToken), null);
        try
        {
            await ready.Task;
        }
        finally
        {
            Stop(key, file);
        }
    }

    private unsafe bool Control(int operation, SafeFileHandle file, byte* entry)
    {
        var added = false;
        try
        {
            file.DangerousAddRef(ref added);
            return LibC.ControlEventPoll(poll, operation, (int)file.DangerousGetHandle(), entry) == 0;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            if (added)
            {
                file.DangerousRelease();
            }
        }
    }

    private unsafe void Run()
    {
        var entries = stackalloc byte[Batch * 16];
        while (true)
        {
            var count = LibC.WaitEventPoll(poll, entries, Batch, -1);
            for (var i = 0; i < count; i++)
            {
                Action? ready;
                lock (gate)
                {
                    watched.TryGetValue(*(long*)(entries + (i * EntrySize) + KeyOffset), out ready);
                }

                ready?.Invoke();
            }
        }
    }
}
