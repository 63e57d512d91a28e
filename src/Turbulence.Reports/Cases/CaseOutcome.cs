namespace Turbulence.Reports.Cases;

/// <summary>What became of a case, as those know it who count tests.</summary>
internal enum CaseOutcome
{
    /// <summary>All was well.</summary>
    Passed,

    /// <summary>Something was missed that was asked for.</summary>
    Failed,

    /// <summary>The experiment itself did not go as it should have.</summary>
    Error,

    /// <summary>Nothing is known of it.</summary>
    Skipped,
}
