namespace Turbulence.Reports.Runs;

/// <summary>How an activity ended.</summary>
public enum ActivityStatus
{
    /// <summary>Its provider returned something.</summary>
    Succeeded,

    /// <summary>Its provider could not do it, or was told no.</summary>
    Failed,

    /// <summary>It ended in a way that nobody foresees.</summary>
    Crashed,

    /// <summary>A fault that was carried out and had no effect.</summary>
    WithoutEffect,

    /// <summary>What it measured proves nothing.</summary>
    Inconclusive,

    /// <summary>The run was stopped meanwhile.</summary>
    Interrupted,

    /// <summary>It was left out on request.</summary>
    Dry,

    /// <summary>The journal has no end of it.</summary>
    Unfinished,
}
