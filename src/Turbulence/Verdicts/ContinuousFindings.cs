using Turbulence.Events;
using Turbulence.Options;

namespace Turbulence.Verdicts;

/// <summary>What the checks of the steady state found while the method played.</summary>
internal sealed class ContinuousFindings
{
    /// <summary>How often the steady state was checked.</summary>
    public int Iterations { get; set; }

    /// <summary>How often it was not met.</summary>
    public int Missed { get; set; }

    /// <summary>The first check that was not met; null where all were.</summary>
    public HypothesisRun? FirstMiss { get; set; }

    /// <summary>True where a miss asked the method to end (<see cref="RunOptions.FailFast"/>).</summary>
    public bool FailedFast { get; set; }

    /// <summary>True where a probe ended in a way that the reference does not foresee.</summary>
    public bool Crashed { get; set; }
}
