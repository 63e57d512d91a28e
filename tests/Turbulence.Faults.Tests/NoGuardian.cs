using Turbulence.Faults.Guardians;

namespace Turbulence.Faults.Tests;

/// <summary>A post where a guardian is always said to be; or why there is none.</summary>
internal sealed class NoGuardian(string? problem = null) : IGuardianPost
{
    public ValueTask<string?> EnsureAsync(CancellationToken cancellationToken) => ValueTask.FromResult(problem);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
