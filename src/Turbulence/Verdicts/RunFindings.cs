using Turbulence.Events;
using Turbulence.Interruptions;

namespace Turbulence.Verdicts;

/// <summary>What a run has found out so far: all that its verdict is made from.</summary>
internal sealed class RunFindings
{
    /// <summary>The check before the method; null where there was none.</summary>
    public HypothesisRun? Gate { get; set; }

    /// <summary>The checks while the method played; null where there were none.</summary>
    public ContinuousFindings? During { get; set; }

    /// <summary>The check after the method; null where there was none.</summary>
    public HypothesisRun? After { get; set; }

    /// <summary>The check after the rollbacks; null where there was none.</summary>
    public HypothesisRun? Closing { get; set; }

    /// <summary>Whether an activity of the method was begun.</summary>
    public bool MethodStarted { get; set; }

    /// <summary>The activities of the method that failed or missed their tolerance.</summary>
    public IReadOnlyList<ActivityRun> MethodTroubles { get; set; } = [];

    /// <summary>What the users felt that their tolerance does not allow, one line each.</summary>
    public IReadOnlyList<string> MissedByUsers { get; set; } = [];

    /// <summary>What of the users' tolerance nobody knows, one line each.</summary>
    public IReadOnlyList<string> UnprovenByUsers { get; set; } = [];

    /// <summary>The rollbacks that failed or missed their tolerance.</summary>
    public IReadOnlyList<ActivityRun> RollbackTroubles { get; set; } = [];

    /// <summary>How many rollbacks were left out because somebody insisted on the end.</summary>
    public int RollbacksLeftOut { get; set; }

    /// <summary>The faults of the run; null before it began.</summary>
    public FaultWatch? Faults { get; set; }

    /// <summary>How many faults had been taken back when the check after the method began.</summary>
    public int RevertsBeforeAfter { get; set; }

    /// <summary>What was left out because of a dry mode, one line each; empty for a run that is real.</summary>
    public IReadOnlyList<string> LeftOut { get; set; } = [];

    /// <summary>Why the run was asked to stop; null where it was not.</summary>
    public Interruption? Interruption { get; set; }

    /// <summary>Why the system under test could not be started or stopped, or the run broke off; one line each.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Why the record of the run is not complete, in one line; null where it is.</summary>
    public string? IncompleteRecord { get; set; }

    /// <summary>What a person has to see to beside the faults themselves, one line each.</summary>
    public List<string> LeftToAPerson { get; } = [];

    /// <summary>The services that were there before the run and are not after it, one line each.</summary>
    public IReadOnlyList<string> LostServices { get; set; } = [];

    /// <summary>What else has to be known to judge the verdict, one line each.</summary>
    public IReadOnlyList<string> Notes { get; set; } = [];

    /// <summary>The journal's status as the reference would have it by now; null while it is unset. Compatibility mode only.</summary>
    public RunStatus? Status { get; set; }

    /// <summary>The journal's <c>deviated</c> as the reference would have it by now. Compatibility mode only.</summary>
    public bool Deviated { get; set; }
}
