using System.Collections.Concurrent;

namespace Turbulence.Proxy.Decisions;

/// <summary>
/// The receipts: a line for each decision that hit. Loops only put decisions in; writing is done beside them. Within a proxy, lines of a toxic stand in the order of connections
/// as far as these are decided when they open; sorted, the log of the same decisions is the same, byte for byte.
/// </summary>
/// <param name="writer">Where lines go; it is not closed.</param>
internal sealed class DecisionLog(TextWriter writer)
{
    private readonly ConcurrentQueue<Decision> waiting = new();
    private readonly Lock gate = new();
    private int isWriting;

    /// <summary>Why a line could not be written; none is since then.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Puts a decision in.</summary>
    public void Add(Decision decision)
    {
        waiting.Enqueue(decision);
        if (Interlocked.Exchange(ref isWriting, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static log => log.Write(), this, preferLocal: false);
        }
    }

    /// <summary>Writes what waits.</summary>
    public void Write()
    {
        lock (gate)
        {
            Volatile.Write(ref isWriting, 0);
            try
            {
                while (waiting.TryDequeue(out var decision))
                {
                    if (Failure is null)
                    {
                        writer.Write(decision.Line);
                        writer.Write('\n');
                    }
                }

                if (Failure is null)
                {
                    writer.Flush();
                }
            }
#pragma warning disable CA1031 // Whatever somebody's writer throws, here it would end the program.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Failure = failure;
            }
        }
    }
}
