namespace Turbulence.Reports.Runs;

/// <summary>A service of the system under test.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Its last state, in the journal's word; null where only the timeline knows of it.</param>
/// <param name="Changes">Every state that it came to, in their order.</param>
public sealed record ReportedService(string Name, string? State, IReadOnlyList<ServiceChange> Changes);
