namespace Turbulence.Events;

/// <summary>How much a line for people weighs; the reference's log levels.</summary>
public enum NoticeLevel
{
    /// <summary>For whoever looks for a fault in the experiment.</summary>
    Debug,

    /// <summary>What goes on.</summary>
    Information,

    /// <summary>Somebody should look.</summary>
    Warning,

    /// <summary>Something did not work.</summary>
    Error,

    /// <summary>The run's verdict depends on it.</summary>
    Critical,
}
