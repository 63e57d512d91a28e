using System.Diagnostics;

namespace Turbulence.Telemetry.Spans;

/// <summary>A request that was lost while a fault was in.</summary>
/// <param name="Fault">The fault's id.</param>
/// <param name="Trace">The trace and the span that it was sent with.</param>
internal readonly record struct LostRequest(string Fault, ActivityContext Trace);
