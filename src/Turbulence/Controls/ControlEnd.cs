namespace Turbulence.Controls;

/// <summary>How a hook ended.</summary>
public enum ControlEnd
{
    /// <summary>The run goes on.</summary>
    Continued,

    /// <summary>It asks the run to stop (the reference's <c>InterruptExecution</c>).</summary>
    Interrupted,

    /// <summary>It asks the process to end with a code (Python's <c>SystemExit</c>), which counts as an exit signal.</summary>
    Exited,

    /// <summary>It could not do its work. The run goes on.</summary>
    Failed,
}
