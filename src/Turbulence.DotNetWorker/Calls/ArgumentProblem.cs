namespace Turbulence.DotNetWorker.Calls;

/// <summary>An argument that does not fit a method.</summary>
/// <param name="Argument">Its name where it is there; null where it is missing.</param>
/// <param name="Text">What is wrong with it.</param>
internal sealed record ArgumentProblem(string? Argument, string Text);
