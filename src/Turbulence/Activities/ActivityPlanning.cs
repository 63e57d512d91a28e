using Turbulence.Experiments;
using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Activities;

/// <summary>An activity that is planned, and what is known before the run.</summary>
/// <param name="Activity">The activity, its references followed.</param>
/// <param name="Values">Configuration and secrets, but for what only a probe can tell.</param>
public sealed record ActivityPlanning(Activity Activity, ResolvedValues Values)
{
    /// <summary>Finds the secrets of the run. Default: those among the values.</summary>
    public SecretMask Secrets { get => field ??= SecretMask.For(Values); init; }

    /// <summary>The services of the experiment, without the processes that a run would start. Default: none.</summary>
    public IReadOnlyList<ServiceLocation> Services { get; init; } = [];

    /// <summary>Whether all of them run by now, so that what is not found is not there. Default: yes.</summary>
    public bool AreServicesRunning { get; init; } = true;
}
