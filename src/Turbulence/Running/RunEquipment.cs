using Turbulence.Activities;
using Turbulence.Controls;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Running.Faults;
using Turbulence.Running.Users;
using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Running;

/// <summary>What a run is handed beside the experiment and its providers.</summary>
public sealed record RunEquipment
{
    /// <summary>Nothing.</summary>
    public static RunEquipment None => new();

    /// <summary>The run's id, which all its events have. Default: one that nothing else has.</summary>
    public string RunId { get; init; } = Guid.NewGuid().ToString("n");

    /// <summary>The program that makes the run. Default: one that did not say what it is.</summary>
    public RunProgram Program { get; init; } = RunProgram.Unknown;

    /// <summary>Who carries controls out, and the global ones. Default: nobody.</summary>
    public RunControls Controls { get; init; } = RunControls.None;

    /// <summary>The files beside the journal. Default: none is kept.</summary>
    public SideFiles SideFiles { get; init; } = SideFiles.None;

    /// <summary>
    /// What the processes of the run start with; its services here, all others by their providers. Default: what this process has, without
    /// a mark.
    /// </summary>
    public RunEnvironment Environment { get; init; } = new();

    /// <summary>
    /// The time limit, where it counts already. Default: it counts from the beginning of the run. The run ends it, in front of its
    /// rollbacks.
    /// </summary>
    public RunTimeLimit? TimeLimit { get; init; }

    /// <summary>Who takes back what the providers inject. Default: nobody, since nothing is.</summary>
    public IFaultKeeper Faults { get; init; } = NoFaults.Instance;

    /// <summary>Who uses the system meanwhile. Default: null, nobody.</summary>
    public IUserLoad? Users { get; init; }

    /// <summary>Knows which trace each activity belongs to. Default: null, nobody traces the run.</summary>
    public ITraceSource? Traces { get; init; }

    /// <summary>Who starts the fault proxies of the services. Default: null, nobody; services with proxies are not started then.</summary>
    public IProxyHost? Proxies { get; init; }
}
