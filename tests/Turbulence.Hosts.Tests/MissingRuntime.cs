using Turbulence.Hosts.Workers;

namespace Turbulence.Hosts.Tests;

/// <summary>A language that this machine has not.</summary>
internal sealed class MissingRuntime(string problem) : IWorkerRuntime
{
    public string Name => "missing";

    public ValueTask<WorkerLaunchSearch> FindAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(WorkerLaunchSearch.Missing(problem));
}
