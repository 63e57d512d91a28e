namespace Turbulence.Runs.Requests;

/// <summary>What an experiment is prepared for.</summary>
public enum RunPurpose
{
    /// <summary>To be run, or planned: it is entered in the ledger, and global controls stand around its loading.</summary>
    Run,

    /// <summary>To be planned or validated alone: nothing is entered, and no control is called.</summary>
    Look,
}
