namespace Turbulence.Faults;

/// <summary>One exact thing that a fault hits.</summary>
/// <param name="Key">
/// Names the thing on this machine, for locks: <c>process:4711:8823</c> (id and start time), <c>file:/full/path</c>, <c>port:8002</c>, <c>cpu</c>, <c>memory</c>,
/// <c>disk:/mount</c>. Two faults with one key exclude each other.
/// </param>
/// <param name="Text">The thing for people: <c>process 4711 (rand-server 8002 primary)</c>.</param>
public sealed record FaultTarget(string Key, string Text);
