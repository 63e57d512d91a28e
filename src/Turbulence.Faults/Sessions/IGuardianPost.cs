using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Sessions;

/// <summary>Sees to it that there is somebody who takes the faults back when this process cannot, and who knows all about them.</summary>
public interface IGuardianPost : IAsyncDisposable
{
    /// <summary>
    /// Why a guardian has taken the faults over, believing that this process is lost; null while none has. From then on no fault may be
    /// injected.
    /// </summary>
    string? Loss { get; }

    /// <summary>The guardian; null while there is none.</summary>
    ProcessIdentity? Guardian { get; }

    /// <summary>Tells how a fault stands; waits for nothing.</summary>
    void Note(FaultRecord fault);

    /// <summary>Tells how the run stands; waits for nothing.</summary>
    void Note(RunRecord run);

    /// <summary>
    /// Makes sure that a guardian is on watch, answers, and has in its memory all that was noted; starts one, or another one, where there
    /// is none.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting for it.</param>
    /// <returns>Why there is none, in one line; null where there is one.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the post was given up meanwhile.</exception>
    ValueTask<string?> EnsureAsync(CancellationToken cancellationToken);
}
