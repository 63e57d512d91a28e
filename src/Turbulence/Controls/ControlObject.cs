namespace Turbulence.Controls;

/// <summary>The objects that a hook is handed.</summary>
internal enum ControlObject
{
    /// <summary>What the level is about.</summary>
    Context,

    /// <summary>What came of the level.</summary>
    State,

    /// <summary>The experiment.</summary>
    Experiment,

    /// <summary>The configuration.</summary>
    Configuration,

    /// <summary>The secrets.</summary>
    Secrets,
}
