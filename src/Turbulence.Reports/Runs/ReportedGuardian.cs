namespace Turbulence.Reports.Runs;

/// <summary>What a guardian did since the runner could not.</summary>
/// <param name="At">When all of it was done; null where the journal does not say.</param>
/// <param name="Reason">Why the runner was lost.</param>
/// <param name="Confirmed">Whether every fault was seen to be taken back.</param>
/// <param name="Complaints">What went wrong beside the faults, one line each.</param>
public sealed record ReportedGuardian(DateTimeOffset? At, string Reason, bool Confirmed, IReadOnlyList<string> Complaints);
