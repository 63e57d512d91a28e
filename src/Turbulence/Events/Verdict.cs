namespace Turbulence.Events;

/// <summary>What a run has shown.</summary>
public enum Verdict
{
    /// <summary>Every steady state and every tolerance was met, and every fault took effect. Exit code 0.</summary>
    Passed,

    /// <summary>A steady state or a tolerance was missed while or after faults were in: a weakness was found. Exit code 1.</summary>
    Deviated,

    /// <summary>The experiment could not be carried out. Exit code 2.</summary>
    Failed,

    /// <summary>
    /// The gate was not met, a fault had no effect, or nothing looked while or after one was in: nothing was proven. Exit code 3.
    /// </summary>
    Inconclusive,

    /// <summary>Something asked the run to stop, and everything was taken back. Exit code 4.</summary>
    Interrupted,

    /// <summary>
    /// All that was carried out was well, but something was left out on request: a rehearsal, which proves nothing. Exit code 0.
    /// </summary>
    Dry,
}
