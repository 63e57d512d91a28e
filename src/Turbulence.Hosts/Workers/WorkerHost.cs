using Turbulence.Documents;

namespace Turbulence.Hosts.Workers;

/// <summary>
/// The worker of one language for one run: started with the first call, shared by all, replaced after it died. Thread-safe.
/// </summary>
/// <param name="runtime">Knows how to start one.</param>
/// <param name="settings">What it is told, and who listens to it.</param>
public sealed class WorkerHost(IWorkerRuntime runtime, WorkerSettings settings) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource closing = new();
    private readonly WorkerLog log = new(runtime.Name, settings.Say, settings.Mask);
    private readonly List<Worker> started = [];
    private WorkerSettings settings = settings;
    private Worker? worker;
    private Task<string?>? starting;
    private int generation;

    /// <summary>The language, for people.</summary>
    public string Language => runtime.Name;

    /// <summary>Knows the secrets as of now.</summary>
    internal Func<Values.SecretMask> Mask => settings.Mask;

    /// <summary>Whose rules apply.</summary>
    internal Compatibility Compatibility => settings.Compatibility;

    /// <summary>The ids of the processes that were started and may still be there, the latest last.</summary>
    internal IReadOnlyList<int> ProcessIds
    {
        get
        {
            lock (gate)
            {
                return [.. started.Where(one => !one.Ended.IsCompleted).Select(one => one.ProcessId)];
            }
        }
    }

    /// <summary>From now on the experiment's folder is another one. A worker that was told otherwise is replaced.</summary>
    /// <param name="directory">The folder, absolute.</param>
    public async ValueTask MoveAsync(string directory)
    {
        Worker? outdated;
        lock (gate)
        {
            if (directory == settings.Directory)
            {
                return;
            }

            settings = settings with { Directory = directory };
            outdated = worker;
            worker = null;
        }

        if (outdated is not null)
        {
            await outdated.DisposeAsync();
        }
    }

    /// <summary>Asks user code that asks for the end of the run, with this code.</summary>
    internal void Exit(int code) => settings.Exit(code);

    /// <summary>Starts a worker where there is none, and says what it runs on.</summary>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <returns>The language's runtime, its version and its file; or why there is no worker, in one line.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<(string? Runtime, string? Problem)> TryAsync(CancellationToken cancellationToken)
    {
        var (_, problem) = await ReadyAsync(cancellationToken);
        lock (gate)
        {
            return problem is null ? (worker?.Runtime ?? runtime.Name, null) : (null, problem);
        }
    }

    /// <summary>Makes sure that there is a worker.</summary>
    /// <returns>Which one it is, counted from 1; or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal async ValueTask<(int Generation, string? Problem)> ReadyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<string?> start;
            lock (gate)
            {
                if (worker is { IsUsable: true })
                {
                    return (generation, null);
                }

                if (starting is null or { IsCompleted: true })
                {
                    worker = null;
                    starting = StartAsync();
                }

                start = starting;
            }

            if (await start.WaitAsync(cancellationToken) is { } problem)
            {
                return (0, problem);
            }

            lock (gate)
            {
                if (worker is not null)
                {
                    return (generation, null);
                }
            }
        }
    }

    /// <summary>Makes a call, with a worker that is started for it where there is none.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the work has ended by then.</exception>
    internal async Task<WorkerAnswer> CallAsync(WorkerCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        log.Begin(call);
        try
        {
            return await MakeAsync(call, isFirst: true, cancellationToken) ?? (await MakeAsync(call, isFirst: false, cancellationToken))!;
        }
        finally
        {
            log.End(call);
        }
    }

    /// <summary>Ends the worker and whatever of its process group is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        Task<string?>? start;
        lock (gate)
        {
            start = starting;
        }

        log.Settle();
        if (start is not null)
        {
            await Task.WhenAny(start);
        }

        foreach (var one in started)
        {
            await one.DisposeAsync();
        }

        log.Settle();
    }

    /// <summary>
    /// Makes a call, once. One that hangs is known by a ping, or by what it leaves unread; who carries something out just now is not asked.
    /// </summary>
    /// <returns>Null, the first time, where nothing was begun and the worker is gone: another takes its place.</returns>
    private async Task<WorkerAnswer?> MakeAsync(WorkerCall call, bool isFirst, CancellationToken cancellationToken)
    {
        if (!isFirst && call.Prepare is { } prepare)
        {
            await prepare(cancellationToken);
        }

        if (await ReadyAsync(cancellationToken) is (_, { } problem))
        {
            return WorkerAnswer.None(problem);
        }

        Worker? chosen;
        lock (gate)
        {
            chosen = worker;
        }

        if (chosen is null)
        {
            return WorkerAnswer.None($"the {Language} worker was replaced before it took {call.Subject}");
        }

        if (isFirst && !await chosen.IsAliveAsync(cancellationToken))
        {
            await chosen.Ended.WaitAsync(cancellationToken);
            return null;
        }

        var answer = await chosen.CallAsync(call, cancellationToken);
        return isFirst && answer.WasUnread ? null : answer;
    }

    private async Task<string?> StartAsync()
    {
        await Task.Yield();
        if (closing.IsCancellationRequested)
        {
            return $"the {Language} worker is not started any more: the run is over";
        }

        var search = await runtime.FindAsync(closing.Token);
        if (!search.IsFound)
        {
            return search.Problem;
        }

        Worker? made;
        lock (gate)
        {
            if (!Worker.TryStart(Language, search.Launch, settings, log, out made, out var problem))
            {
                return problem;
            }

            started.RemoveAll(one => one.Ended.IsCompleted);
            started.Add(made);
        }

        if (await made.InitializeAsync(search.Launch.Preamble, closing.Token) is { } useless)
        {
            return useless;
        }

        lock (gate)
        {
            worker = made;
            generation++;
        }

        return null;
    }
}
