namespace Turbulence.Faults.Guardians;

/// <summary>Sees to it that there is somebody who takes the faults back when this process cannot.</summary>
public interface IGuardianPost : IAsyncDisposable
{
    /// <summary>Makes sure that a guardian is on watch; starts one, or another one, where there is none.</summary>
    /// <param name="cancellationToken">Ends the waiting for it.</param>
    /// <returns>Why there is none, in one line; null where there is one.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<string?> EnsureAsync(CancellationToken cancellationToken);
}
