namespace Turbulence.Faults.Guardians;

/// <summary>How a process is that is not heard.</summary>
internal enum PeerCondition
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
