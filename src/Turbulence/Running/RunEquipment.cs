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

    /// <summary>The time limit, where it counts already. Default: it counts from the beginning of the run. The run ends it, in front of its rollbacks.</summary>
    public RunTimeLimit? TimeLimit { get; init; }

    /// <summary>Who takes back what the providers inject. Default: nobody, since nothing is.</summary>
    public IFaultKeeper Faults { get; init; } = NoFaults.Instance;
}
