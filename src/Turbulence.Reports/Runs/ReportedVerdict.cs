namespace Turbulence.Reports.Runs;

/// <summary>What a run has shown, as its journal says it, or as it follows from a journal that does not.</summary>
public enum ReportedVerdict
{
    /// <summary>Every steady state and every tolerance was met, and every fault took effect.</summary>
    Passed,

    /// <summary>A steady state or a tolerance was missed while or after faults were in: a weakness was found.</summary>
    Deviated,

    /// <summary>The experiment could not be carried out.</summary>
    Failed,

    /// <summary>Nothing was proven.</summary>
    Inconclusive,

    /// <summary>Something asked the run to stop.</summary>
    Interrupted,

    /// <summary>Something was left out on request: a rehearsal, which proves nothing.</summary>
    Dry,

    /// <summary>All that was carried out was well, but something was not seen to be taken back.</summary>
    NeedsAPerson,

    /// <summary>The journal has no end: the run goes on, or its runner was killed.</summary>
    Unfinished,
}
