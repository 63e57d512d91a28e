namespace Turbulence.Interruptions;

/// <summary>The stages of a run, in their order.</summary>
public enum RunPhase
{
    /// <summary>The steady state is checked before anything is touched.</summary>
    Gate,

    /// <summary>The steady state is checked again and again while the method plays.</summary>
    During,

    /// <summary>The method.</summary>
    Method,

    /// <summary>The steady state is checked after the method.</summary>
    After,

    /// <summary>The rollbacks.</summary>
    Rollbacks,

    /// <summary>The steady state is checked once more after the rollbacks. Ours; the reference runner does not do it.</summary>
    Closing,
}
