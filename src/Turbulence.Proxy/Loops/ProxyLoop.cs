using Turbulence.Platform.Loops;
using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Loops;

/// <summary>A loop of a server of proxies, with the memory that its connections share.</summary>
internal sealed class ProxyLoop : SocketLoop
{
    private const int TrimMilliseconds = 1000;

    private readonly LoopTimer trim;
    private readonly long mostHeld;
    private readonly List<ILoopWork> starved = [];

    /// <summary>Starts one.</summary>
    /// <param name="number">Its number among those of a server.</param>
    /// <param name="time">The clock.</param>
    /// <param name="portable">Whether it waits by <c>select</c> in any case.</param>
    /// <param name="mostHeld">How many bytes may be on their way before those that keep some have to wait.</param>
    public ProxyLoop(int number, TimeProvider time, bool portable, long mostHeld)
        : base($"proxy {number}", time, portable)
    {
        Number = number;
        this.mostHeld = mostHeld;
        trim = new LoopTimer(Trim);
        Start();
    }

    /// <summary>Its number among those of a server.</summary>
    public int Number { get; }

    /// <summary>Its blocks.</summary>
    public BlockPool Pool { get; } = new();

    /// <summary>Its pipes.</summary>
    public PipePool Pipes { get; } = new();

    /// <summary>What all of its connections read into, one after the other: one that is idle needs no memory for it.</summary>
    public byte[] Scratch { get; } = GC.AllocateUninitializedArray<byte>(BlockPool.Largest, pinned: true);

    /// <inheritdoc/>
    public override int TimerCount => base.TimerCount - (trim.Place >= 0 ? 1 : 0);

    /// <summary>Whether so much is on its way that nobody who keeps some should take more.</summary>
    public bool IsShortOfMemory => Pool.LentBytes > mostHeld;

    /// <summary>Goes on with this when there is memory again.</summary>
    public void WaitForMemory(ILoopWork work) => starved.Add(work);

    /// <summary>Lets memory that was given back to the pool be the system's, if nobody needs it soon.</summary>
    public void TrimSoon()
    {
        // A clock that stands still would never end the wait.
        if (trim.Place < 0 && Clock.IsReal)
        {
            Set(trim, Clock.Now + Clock.Milliseconds(TrimMilliseconds));
        }
    }

    /// <inheritdoc/>
    protected override void OnTurned()
    {
        if (starved.Count > 0 && !IsShortOfMemory)
        {
            starved.ForEach(GiveWay);
            starved.Clear();
        }
    }

    /// <inheritdoc/>
    protected override void OnEnded()
    {
        Pool.Dispose();
        Pipes.Dispose();
    }

    private void Trim()
    {
        Pool.Trim();
        Pipes.Trim();
        if (Pool.HasSpare || Pipes.HasSpare)
        {
            TrimSoon();
        }
    }
}
