using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Ledgers;

/// <summary>What the ledger says of one fault. That it says nothing is no word on whether the fault is in.</summary>
/// <param name="Record">The record; null where there is none, or none that can be read.</param>
/// <param name="Problem">Why there is none, in words that follow its name; null where there is one.</param>
internal readonly record struct FaultSighting(FaultRecord? Record, string? Problem)
{
    /// <summary>Whether there is no file, as opposed to one that cannot be read or trusted.</summary>
    public bool IsAbsent => Problem == Absent;

    /// <summary>There is no file.</summary>
    public const string Absent = "is not there any more";
}
