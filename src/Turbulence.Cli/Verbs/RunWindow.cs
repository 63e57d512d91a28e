using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Files;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Live;

namespace Turbulence.Cli.Verbs;

/// <summary>The page of a run in a browser, where one was asked for.</summary>
internal sealed class RunWindow : IAsyncDisposable
{
    private readonly LiveRun? page;
    private readonly TextWriter said;

    private RunWindow(LiveRun? page, TextWriter said)
    {
        this.page = page;
        this.said = said;
    }

    /// <summary>Opens it; nobody is told where it is before the run begins.</summary>
    /// <param name="port">Its port, 0 for a free one; null for no page.</param>
    /// <param name="stop">Asked by its button to stop the run.</param>
    /// <param name="around">Where the command stands.</param>
    /// <exception cref="IOException">It cannot listen there.</exception>
    public static async Task<RunWindow> OpenAsync(int? port, RunStop stop, Surroundings around)
    {
        var halted = new Interruption(InterruptionCause.Termination, "Halted on its page");
        return new RunWindow(
            port is { } chosen ? await LiveRun.StartAsync(chosen, around.Time, () =>
            {
                stop.RequestOnce(halted);
                return true;
            }) : null,
            around.Error);
    }

    /// <summary>The run begins: who listens to it for the page.</summary>
    public IEnumerable<IRunObserver> Begin()
    {
        if (page is null)
        {
            return [];
        }

        // It lets its reader halt the run, so it stands on the terminal and in no log.
        said.WriteLine($"chaos: watch the run at {page.Address}");
        said.Flush();
        return [page.Listener];
    }

    /// <summary>The run is over: who watches is given its report.</summary>
    public Task EndAsync(RunJournal journal) => page?.EndAsync(journal.Report()) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => page?.DisposeAsync() ?? ValueTask.CompletedTask;
}
