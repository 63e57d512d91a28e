using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Stress;

/// <summary>What a stress child is told.</summary>
/// <param name="Target">What it takes.</param>
/// <param name="Text">What is going to happen, for people.</param>
/// <param name="Values">The arguments of the load, as <see cref="StressProgram"/> reads them.</param>
internal sealed record StressPlan(FaultTarget Target, string Text, params IReadOnlyList<(string Name, string Value)> Values);
