namespace Turbulence.Options;

/// <summary>What a rehearsal leaves out (<c>--dry</c>).</summary>
public enum DryMode
{
    /// <summary>Nothing: the run is real.</summary>
    None,

    /// <summary>Probes are not carried out and tolerances count as met.</summary>
    Probes,

    /// <summary>Actions are not carried out.</summary>
    Actions,

    /// <summary>Neither probes nor actions are carried out.</summary>
    Activities,

    /// <summary>Everything is carried out, and no pause is slept.</summary>
    Pause,
}
