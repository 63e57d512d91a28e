namespace Turbulence.DotNetWorker.Protocol;

/// <summary>The calls that are being carried out, so that they can be cancelled.</summary>
internal sealed class RunningCalls
{
    private readonly Lock turn = new();
    private readonly Dictionary<long, CancellationTokenSource> calls = [];

    /// <summary>A call begins.</summary>
    /// <returns>Null where its id is in use.</returns>
    public CancellationTokenSource? Begin(long id)
    {
        var cancellation = new CancellationTokenSource();
        lock (turn)
        {
            return calls.TryAdd(id, cancellation) ? cancellation : null;
        }
    }

    /// <summary>Asks a call to end; one that is not known has ended already.</summary>
    public void Cancel(long id)
    {
        CancellationTokenSource? cancellation;
        lock (turn)
        {
            calls.TryGetValue(id, out cancellation);
        }

        // What user code has registered runs there; neither the reader nor a blocked pool may keep it waiting.
        if (cancellation is not null)
        {
            new Thread(() => Cancel(cancellation)) { IsBackground = true, Name = $"turbulence-cancel-{id}" }.Start();
        }
    }

    private static void Cancel(CancellationTokenSource cancellation)
    {
        try
        {
            cancellation.Cancel();
        }
        catch (AggregateException)
        {
            // What user code does about it is its own matter.
        }
    }

    /// <summary>A call has ended.</summary>
    public void End(long id)
    {
        lock (turn)
        {
            calls.Remove(id);
        }
    }
}
