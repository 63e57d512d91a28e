using Turbulence.Controls;

namespace Turbulence.Hosts.Controls;

/// <summary>A control that a worker was told to make ready.</summary>
/// <param name="Setup">What it was told.</param>
/// <param name="Hooks">What it answered.</param>
/// <param name="Generation">Which worker that was.</param>
internal sealed record ConfiguredControl(ControlSetup Setup, HookTable Hooks, int Generation);
