using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Sessions;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Tests;

/// <summary>A post where a guardian is always said to be; or why there is none.</summary>
internal sealed class NoGuardian(string? problem = null) : IGuardianPost
{
    public string? Loss => null;

    public ProcessIdentity? Guardian => null;

    public void Note(FaultRecord fault)
    {
    }

    public void Note(RunRecord run)
    {
    }

    public ValueTask<string?> EnsureAsync(CancellationToken cancellationToken) => ValueTask.FromResult(problem);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
