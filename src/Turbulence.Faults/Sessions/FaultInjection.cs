using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Sessions;

/// <summary>What came of asking for a fault.</summary>
/// <param name="Record">The fault; null where it came to nothing before there was a record.</param>
/// <param name="Problem">Why the fault is not in, in one line; null where it is.</param>
/// <param name="IsWithoutEffect">Whether it was injected, no effect was seen, and it was taken back.</param>
public sealed record FaultInjection(FaultRecord? Record, string? Problem, bool IsWithoutEffect = false)
{
    /// <summary>It is not in, and nothing was touched.</summary>
    public static FaultInjection Refused(string problem) => new(null, problem);
}
