namespace Turbulence.Faults.Contracts;

/// <summary>What is wrong with the arguments of a fault.</summary>
/// <param name="Argument">The one that it is about; null for one that is missing, and for all of them.</param>
/// <param name="Text">What is wrong, in one line.</param>
internal readonly record struct ArgumentProblem(string? Argument, string Text);
