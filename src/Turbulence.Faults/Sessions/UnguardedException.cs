namespace Turbulence.Faults.Sessions;

/// <summary>Ends an injection whose guardian was lost on the way, and no other one could be had.</summary>
/// <param name="problem">Why, in one line.</param>
internal sealed class UnguardedException(string problem) : Exception(problem);
