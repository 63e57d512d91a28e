using Turbulence.Hosts.Workers;

namespace Turbulence.Hosts.Tests;

/// <summary>Starts the scripted worker with the habits that a test needs.</summary>
internal sealed class ScriptedRuntime(params string[] habits) : IWorkerRuntime
{
    private int started;

    public string Name => "scripted";

    /// <summary>How often a worker was asked for.</summary>
    public int Started => started;

    public ValueTask<WorkerLaunchSearch> FindAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref started);
        return ValueTask.FromResult(
            WorkerLaunchSearch.Found(new WorkerLaunch(Path.Combine(AppContext.BaseDirectory, "ScriptedWorker"), habits)));
    }
}
