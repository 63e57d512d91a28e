namespace PythonWorker.Tests;

/// <summary>
/// One worker for those tests of a class that leave it as they found it, as one serves a whole run: the first of them starts it. What it
/// did for others must not be seen.
/// </summary>
public sealed class SharedWorker : IAsyncDisposable
{
    private readonly Room room = new();
    private RunningWorker? worker;

    /// <summary>The worker, in a folder with a module <c>sample.py</c>.</summary>
    internal Task<RunningWorker> OfAsync(string module) => InAsync(room => room.Write("sample.py", module));

    /// <summary>The worker; another one where the last one has ended.</summary>
    /// <param name="furnish">Puts into its folder what stands there before it starts.</param>
    internal async Task<RunningWorker> InAsync(Action<Room> furnish)
    {
        if (worker is { HasEnded: true })
        {
            await worker.DisposeAsync();
            worker = null;
        }

        if (worker is null)
        {
            furnish(room);
            worker = await RunningWorker.StartAsync(room);
        }

        return worker;
    }

    public async ValueTask DisposeAsync()
    {
        if (worker is not null)
        {
            await worker.DisposeAsync();
        }

        room.Dispose();
    }
}
