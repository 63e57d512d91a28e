namespace Turbulence.Events;

/// <summary>The journal's <c>status</c>, in the reference's words.</summary>
public enum RunStatus
{
    /// <summary>The run came to its end.</summary>
    Completed,

    /// <summary>The experiment could not be carried out.</summary>
    Failed,

    /// <summary>An unforeseen error stopped the method. Compatibility mode only.</summary>
    Aborted,

    /// <summary>Something asked the run to stop.</summary>
    Interrupted,
}
