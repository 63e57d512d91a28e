namespace Turbulence.Faults.Tests.Crashes;

/// <summary>The power is gone. No code of the product can foresee it, and none goes on after it.</summary>
#pragma warning disable CA1032, CA1064 // Thrown in one place, caught in one place.
internal sealed class PowerLossException() : Exception("the power is gone");
#pragma warning restore CA1032, CA1064
