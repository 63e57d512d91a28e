namespace Turbulence.Events;

/// <summary>The states of a service of the system under test.</summary>
public enum ServiceState
{
    /// <summary>Its program was started and does not answer yet.</summary>
    Starting,

    /// <summary>It was started by this run and answers.</summary>
    Ready,

    /// <summary>It answered before this run began; it is used and left running.</summary>
    Adopted,

    /// <summary>It is being stopped.</summary>
    Stopping,

    /// <summary>It was stopped at the end of the run.</summary>
    Stopped,

    /// <summary>It could not be started, did not get ready, or could not be stopped.</summary>
    Failed,
}
