using Turbulence.Interruptions;

namespace Turbulence.Cli.Mcp;

/// <summary>Holds the one run that a server may have at a time, so that whoever has to can stop it and wait for its end.</summary>
internal sealed class RunSlot
{
    private readonly Lock gate = new();
    private RunStop? stop;
    private Task running = Task.CompletedTask;
    private bool isClosed;

    /// <summary>Whether a run goes on.</summary>
    public bool IsTaken
    {
        get
        {
            lock (gate)
            {
                return stop is not null;
            }
        }
    }

    /// <summary>Plays a run.</summary>
    /// <param name="run">The run; it takes everything back before it ends.</param>
    /// <param name="cancelled">Asks it to stop.</param>
    /// <exception cref="ToolException">Another one goes on, or the server ends.</exception>
    public async Task<T> PlayAsync<T>(Func<RunStop, Task<T>> run, CancellationToken cancelled)
    {
        using var own = new RunStop();
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (isClosed)
            {
                throw new ToolException("this server ends");
            }

            if (stop is not null)
            {
                throw new ToolException("a run goes on, and there is one at a time: wait for its end, or halt it");
            }

            stop = own;
            running = ended.Task;
        }

        try
        {
            await using var asked = cancelled.Register(() => own.RequestOnce(
                new Interruption(InterruptionCause.Termination, "The client has cancelled the run, or is gone")));
            return await run(own);
        }
        finally
        {
            lock (gate)
            {
                stop = null;
            }

            ended.SetResult();
        }
    }

    /// <summary>Asks the run to stop; nothing where none goes on.</summary>
    /// <param name="interruption">Why.</param>
    /// <param name="insists">Whether each request more counts as one of a person who insists.</param>
    /// <returns>Whether a run went on.</returns>
    public bool Request(Interruption interruption, bool insists)
    {
        lock (gate)
        {
            if (insists)
            {
                stop?.Request(interruption);
            }
            else
            {
                stop?.RequestOnce(interruption);
            }

            return stop is not null;
        }
    }

    /// <summary>Waits for the end of the run that goes on.</summary>
    public Task WaitAsync()
    {
        lock (gate)
        {
            return running;
        }
    }

    /// <summary>Lets no run begin any more, asks the one that goes on to stop, and waits until it has taken everything back.</summary>
    /// <param name="interruption">Why.</param>
    public Task CloseAsync(Interruption interruption)
    {
        lock (gate)
        {
            isClosed = true;
            stop?.RequestOnce(interruption);
            return running;
        }
    }
}
