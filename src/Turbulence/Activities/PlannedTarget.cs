namespace Turbulence.Activities;

/// <summary>One exact thing that an activity would change.</summary>
/// <param name="Key">Names it on this machine: <c>process:4711:8823</c>.</param>
/// <param name="Text">It for people: <c>process 4711 (rand-server 8002 primary)</c>.</param>
public sealed record PlannedTarget(string Key, string Text);
