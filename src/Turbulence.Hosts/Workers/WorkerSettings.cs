using System.Globalization;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Values;

namespace Turbulence.Hosts.Workers;

/// <summary>What all workers of a run are told, and who listens to them.</summary>
/// <param name="Version">Our version, which a worker is told.</param>
/// <param name="Directory">The experiment's folder, absolute: relative paths of assemblies start there, and modules are looked for there,
/// too.</param>
public sealed record WorkerSettings(string Version, string Directory)
{
    /// <summary>Whose rules apply where the two differ. Default: ours.</summary>
    public Compatibility Compatibility { get; init; }

    /// <summary>Measures time limits. Default: the system's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// The most memory that a worker may hold, in bytes, at least 1. Default: <c>TURBULENCE_WORKER_MEMORY</c> (MiB), or a quarter of what
    /// the machine, or our container, has.
    /// </summary>
    public long MemoryLimit { get; init; } = UsualMemoryLimit();

    /// <summary>What worker processes start with, and what is told of what their code has set. Default: our environment alone.</summary>
    public RunEnvironment Environment { get; init; } = new();

    /// <summary>
    /// Knows the secrets as of now: what is too long to be shown is masked first and shortened then. Default: no secrets.
    /// </summary>
    public Func<SecretMask> Mask { get; init; } = static () => SecretMask.None;

    /// <summary>Receives what a worker says while no activity and no control uses it. Default: nobody listens.</summary>
    public Action<NoticeLevel, string> Say { get; init; } = static (_, _) => { };

    /// <summary>
    /// Called when user code asks for the end of the whole run, with the exit code: 20 leaves the rollbacks in, 30 leaves them out.
    /// Called on any thread. Default: nobody listens.
    /// </summary>
    public Action<int> Exit { get; init; } = static _ => { };

    private static long UsualMemoryLimit() =>
        long.TryParse(
            System.Environment.GetEnvironmentVariable("TURBULENCE_WORKER_MEMORY"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var limit)
        && limit is > 0 and < 1L << 40
            ? limit << 20
            : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
}
