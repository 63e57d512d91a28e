namespace Turbulence.Controls;

/// <summary>What a hook of a control stands around.</summary>
public enum ControlLevel
{
    /// <summary>The loading of the experiment. Global controls only.</summary>
    Loader,

    /// <summary>The whole run.</summary>
    Experiment,

    /// <summary>Each check of the steady state, every continuous one included.</summary>
    Hypothesis,

    /// <summary>The method.</summary>
    Method,

    /// <summary>The rollbacks, where they are played.</summary>
    Rollback,

    /// <summary>Each activity: of the method, of the rollbacks, in the background, and the probes of the steady state.</summary>
    Activity,
}
