using Turbulence.Platform.Files;

namespace Turbulence.Faults.Ledgers;

/// <summary>The hold on a fault: whoever has it is the only one to change the fault and its record.</summary>
public sealed class FaultHold : IDisposable
{
    private readonly SemaphoreSlim here;
    private readonly FileLock? everywhere;
    private bool isFree;

    internal FaultHold(SemaphoreSlim here, FileLock? everywhere, string? problem)
    {
        this.here = here;
        this.everywhere = everywhere;
        Problem = problem;
    }

    /// <summary>
    /// Why it holds within this process only, the lock file not being to be had; null where it holds on the whole machine. It is then
    /// enough for taking a fault back, for which nobody may wait, and not for putting one in.
    /// </summary>
    public string? Problem { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!isFree)
        {
            isFree = true;
            everywhere?.Dispose();
            here.Release();
        }
    }
}
