namespace Turbulence.Options;

/// <summary>When the declared rollbacks are played.</summary>
public enum RollbackStrategy
{
    /// <summary>
    /// Whenever an activity of the method was started, and not otherwise. In compatibility mode as the reference decides:
    /// not after an interruption or a failed probe of the hypothesis.
    /// </summary>
    Default,

    /// <summary>In every case.</summary>
    Always,

    /// <summary>In no case.</summary>
    Never,

    /// <summary>When the steady state deviated.</summary>
    Deviated,
}
