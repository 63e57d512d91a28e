namespace Turbulence.Events;

/// <summary>Whether the declared rollbacks are played.</summary>
/// <param name="Played">Whether they are.</param>
/// <param name="Reason">Why, in a few words.</param>
/// <param name="Announced">The line that the reference prints for it; null where it is silent.</param>
internal sealed record RollbackDecision(bool Played, string Reason, string? Announced);
