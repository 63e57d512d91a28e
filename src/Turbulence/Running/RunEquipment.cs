using Turbulence.Controls;
using Turbulence.Running.Faults;

namespace Turbulence.Running;

/// <summary>What a run is handed beside the experiment and its providers.</summary>
public sealed record RunEquipment
{
    /// <summary>Nothing.</summary>
    public static RunEquipment None { get; } = new();

    /// <summary>Who carries controls out, and the global ones. Default: nobody.</summary>
    public RunControls Controls { get; init; } = RunControls.None;

    /// <summary>Who takes back what the providers inject. Default: nobody, since nothing is.</summary>
    public IFaultKeeper Faults { get; init; } = NoFaults.Instance;
}
