namespace Turbulence.Faults.Guardians;

/// <summary>How a runner is that is not heard.</summary>
internal enum RunnerCondition
{
    /// <summary>It is no more.</summary>
    Dead,

    /// <summary>A signal or a debugger stopped it.</summary>
    Stopped,

    /// <summary>It wants to run, and others have the processors.</summary>
    Starved,

    /// <summary>It waits for something.</summary>
    Quiet,
}
