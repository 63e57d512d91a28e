namespace Turbulence.Experiments;

/// <summary>What an activity is for.</summary>
public enum ActivityType
{
    /// <summary>Queries the system.</summary>
    Probe,

    /// <summary>Changes the system.</summary>
    Action,
}
