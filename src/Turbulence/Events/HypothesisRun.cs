using System.Text.Json.Nodes;
using Turbulence.Interruptions;

namespace Turbulence.Events;

/// <summary>The record of one check of the steady state.</summary>
/// <param name="Phase">The stage that it belongs to.</param>
/// <param name="Title">The hypothesis' title.</param>
/// <param name="Iteration">Counts the checks of <see cref="RunPhase.During"/> from 1; those of <see cref="RunPhase.Closing"/> from 0; 0 in
/// every other stage.</param>
/// <param name="Met">Whether every probe was carried out and is within its tolerance.</param>
/// <param name="Probes">The probes that were carried out, in their order.</param>
public sealed record HypothesisRun(RunPhase Phase, string Title, int Iteration, bool Met, IReadOnlyList<ActivityRun> Probes)
{
    /// <summary>
    /// How long after everything was taken back this check ended, and so how long the system took to settle; null in every stage but the
    /// closing one.
    /// </summary>
    public TimeSpan? Settled { get; init; }

    /// <summary>
    /// True where there was nothing to check: every probe was left out because of a dry mode. Never so in compatibility mode, where it
    /// counts as met.
    /// </summary>
    public bool WasLeftOut { get; init; }

    /// <summary>True where the check is not the last word: the system is given more time, and is checked again.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>The journal's state as a control left it; null where none changed it.</summary>
    public JsonObject? Amended { get; init; }

    /// <summary>The first probe that failed or is outside its tolerance; null where all is met.</summary>
    public ActivityRun? Missed => Probes.FirstOrDefault(probe => probe.ToleranceMet != true);

    /// <summary>The record as a snapshot without secrets.</summary>
    internal HypothesisRun Masked(EventMask mask) => this with
    {
        Title = mask.Of(Title),
        Probes = [.. Probes.Select(probe => probe.Masked(mask))],
        Amended = (JsonObject?)mask.Of(Amended),
    };
}
