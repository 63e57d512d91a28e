using System.Diagnostics.CodeAnalysis;

namespace Turbulence.Hosts.Workers;

/// <summary>What came of looking for a way to start a worker: the way, or why there is none.</summary>
public sealed record WorkerLaunchSearch
{
    private WorkerLaunchSearch(WorkerLaunch? launch, string? problem)
    {
        Launch = launch;
        Problem = problem;
    }

    /// <summary>How to start a worker; null where that is not possible.</summary>
    public WorkerLaunch? Launch { get; }

    /// <summary>One line: what is missing, and what to install or to set. Null where nothing is.</summary>
    public string? Problem { get; }

    /// <summary>Whether a worker can be started.</summary>
    [MemberNotNullWhen(true, nameof(Launch))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsFound => Launch is not null;

    /// <summary>A worker can be started like this.</summary>
    public static WorkerLaunchSearch Found(WorkerLaunch launch) => new(launch, null);

    /// <summary>No worker can be started.</summary>
    /// <param name="problem">One line: what is missing, and what to install or to set.</param>
    public static WorkerLaunchSearch Missing(string problem) => new(null, problem);
}
