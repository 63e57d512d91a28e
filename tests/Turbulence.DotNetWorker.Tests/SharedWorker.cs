namespace Turbulence.DotNetWorker.Tests;

/// <summary>
/// One worker for those tests of a class that leave it as they found it, as one serves a whole run: the first of them starts it. What it
/// did for others must not be seen.
/// </summary>
public sealed class SharedWorker : IAsyncDisposable
{
    private WorkerProcess? worker;

    public async ValueTask DisposeAsync()
    {
        if (worker is not null)
        {
            await worker.DisposeAsync();
        }
    }

    /// <summary>The worker; another one where the last one has ended.</summary>
    internal async Task<WorkerProcess> StartedAsync()
    {
        if (worker is { Child.Exited.IsCompleted: true })
        {
            await worker.DisposeAsync();
            worker = null;
        }

        return worker ??= await WorkerProcess.StartAsync();
    }
}
