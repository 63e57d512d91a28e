namespace Turbulence.Events;

/// <summary>A service of the system under test came into another state.</summary>
/// <param name="At">When.</param>
/// <param name="Name">The service's name in the experiment.</param>
/// <param name="State">The state that it is in now.</param>
/// <param name="Detail">What else is to say: its address, its output file, the time it took; may be empty.</param>
public sealed record ServiceChanged(DateTimeOffset At, string Name, ServiceState State, string Detail) : RunEvent(At);
