namespace Turbulence.Runs.Planning;

/// <summary>A service of the experiment, as it is now.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Program">The program and its arguments.</param>
/// <param name="IsRunning">Whether somebody listens on its port: it would be used and left running, not started and stopped.</param>
/// <param name="Stranger">Who else has its port, so that the run would fail; null when nobody has.</param>
public sealed record PlannedService(string Name, string Program, bool IsRunning, string? Stranger = null);
