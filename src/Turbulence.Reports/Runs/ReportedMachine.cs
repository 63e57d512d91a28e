namespace Turbulence.Reports.Runs;

/// <summary>The machine that a run was made on. What the journal does not say is null.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Platform">Its operating system.</param>
/// <param name="Processors">How many processors the program could use.</param>
/// <param name="Runtime">The .NET that the program ran on.</param>
public sealed record ReportedMachine(string? Host, string? Platform, int? Processors, string? Runtime);
