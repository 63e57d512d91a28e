namespace Turbulence.Faults.Contracts;

/// <summary>One exact thing that a fault hits.</summary>
/// <param name="Key"> Names the thing on this machine, for locks: <c>process:4711:8823</c> (id and start time), <c>file:259:1:8123</c> (the
/// file system's numbers and the inode, whatever it is called), <c>port:8002</c>, <c>cpu</c>, <c>memory</c>, <c>disk:259:1</c>. Two faults
/// with one key exclude each other.
/// </param>
/// <param name="Text">The thing for people: <c>process 4711 (rand-server 8002 primary)</c>.</param>
public sealed record FaultTarget(string Key, string Text);
