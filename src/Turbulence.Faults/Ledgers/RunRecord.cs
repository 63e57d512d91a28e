using Turbulence.Faults.Contracts;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Ledgers;

/// <summary>What the ledger knows of one run.</summary>
/// <param name="Id">Names the run on this machine.</param>
/// <param name="Title">The experiment's title.</param>
/// <param name="Runner">The process that runs it.</param>
/// <param name="Started">When it began.</param>
public sealed record RunRecord(string Id, string Title, RunnerIdentity Runner, DateTimeOffset Started)
{
    /// <summary>The run's journal, as a full path; null where it has none.</summary>
    public string? Journal { get; init; }

    /// <summary>
    /// The process that takes the faults back when the runner cannot, on the runner's host; null before the first fault in a run without
    /// services.
    /// </summary>
    public ProcessIdentity? Guardian { get; init; }

    /// <summary>
    /// What everything that the run starts has in its environment (<c>TURBULENCE_RUN</c>), services first of all: who looks after a dead
    /// run ends it. It stands here before the first of them is started. Null where the run has no services.
    /// </summary>
    public string? Mark { get; init; }

    /// <summary>
    /// The ports of services on which somebody listened before the run started anything: those services are adopted, and whoever has such a
    /// port at the end, such as what a rollback started again, is left running.
    /// </summary>
    public IReadOnlyList<int> Spared { get; init; } = [];

    /// <summary>Whether it is a run of another host. Then it is neither called alive nor dead, and left alone.</summary>
    public bool IsElsewhere => Runner.IsElsewhere;

    /// <summary>Whether the runner is seen to run, stopped or not.</summary>
    public bool IsRunnerAlive => Runner.Local is { MayBeAlive: true };

    /// <summary>Whether there is a guardian that is seen to run.</summary>
    public bool IsGuardianAlive => Runner.Local is not null && Guardian is { IsAlive: true };

    /// <summary>Whether it is known that neither runner nor guardian are there any more.</summary>
    public bool IsDead => !IsElsewhere && !IsRunnerAlive && !IsGuardianAlive;

    /// <summary>
    /// Whether somebody looks after the run's faults, or may do so on another host; otherwise they have to be recovered. A process that was
    /// stopped does not, though it is alive.
    /// </summary>
    public bool IsAttended =>
        IsElsewhere || (Runner.Local is { } runner && (IsAwake(runner) || (Guardian is { } guardian && IsAwake(guardian))));

    /// <summary>Whether a process lives and is not stopped. Where the system cannot say, nobody may take its place.</summary>
    internal static bool IsAwake(ProcessIdentity process)
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? ProcessTable.Find(process.Id) is { IsAlive: true, State: not ('T' or 't') } status
                    && status.StartTime == process.StartTime
                : process.IsAlive;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
