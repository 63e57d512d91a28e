namespace Turbulence.Cli.Doctor;

/// <summary>How something stands on this machine.</summary>
internal enum FindingState
{
    /// <summary>It works.</summary>
    Ok,

    /// <summary>It is not there, and who does not use it needs nothing.</summary>
    Missing,

    /// <summary>It does not work, and no run goes well without it.</summary>
    Broken,
}
