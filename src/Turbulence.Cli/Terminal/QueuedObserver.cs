using System.Threading.Channels;
using Turbulence.Running;
using Turbulence.Running.Events;

namespace Turbulence.Cli.Terminal;

/// <summary>
/// Stands between the run and an output that may block or break: a full pipe, a stopped terminal, a full disk. The run never
/// waits for it; an output that throws is dropped, and the run goes on.
/// </summary>
internal sealed class QueuedObserver : IRunObserver, IAsyncDisposable
{
    private readonly Channel<RunEvent> queue = Channel.CreateUnbounded<RunEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IRunObserver inner;
    private readonly TimeProvider time;
    private readonly TimeSpan patience;
    private readonly Action<Exception> dropped;
    private readonly Task pump;

    /// <summary>Starts to listen.</summary>
    /// <param name="inner">The output; called from one thread at a time.</param>
    /// <param name="time">Measures <paramref name="patience"/>.</param>
    /// <param name="patience">How long the end of the program waits for an output that blocks.</param>
    /// <param name="dropped">Told once when the output throws.</param>
    public QueuedObserver(IRunObserver inner, TimeProvider time, TimeSpan patience, Action<Exception> dropped)
    {
        this.inner = inner;
        this.time = time;
        this.patience = patience;
        this.dropped = dropped;
        pump = Task.Run(PumpAsync);
    }

    /// <inheritdoc/>
    public void On(RunEvent happened) => queue.Writer.TryWrite(happened);

    /// <summary>Waits until everything is written, or patience is over.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        try
        {
            await pump.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            // The reader of the pipe does not read; the exit code and the journal tell what it will miss.
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            await foreach (var happened in queue.Reader.ReadAllAsync())
            {
                inner.On(happened);
            }
        }
        catch (Exception problem)
        {
            dropped(problem);
        }
    }
}
