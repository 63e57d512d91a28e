using Turbulence.Faults.Contracts;
using Turbulence.Faults.Guardians;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Sessions;
using Turbulence.Services;

namespace Turbulence.Faults;

/// <summary>Where the faults of one run live.</summary>
/// <param name="Ledger">Where they are written down.</param>
/// <param name="Kinds">The kinds there are.</param>
/// <param name="Self">The command line that starts <c>chaos</c>, see <see cref="SelfCommand"/> for where that is this program; empty where
/// there is none.</param>
/// <param name="Time">The clock.</param>
/// <param name="Random">Makes ids.</param>
public sealed record FaultSurroundings(Ledger Ledger, FaultKinds Kinds, IReadOnlyList<string> Self, TimeProvider Time, Random Random)
{
    /// <summary>The experiment's title.</summary>
    public string Title { get; init; } = "";

    /// <summary>The experiment's folder, where relative paths begin. Default: the current directory.</summary>
    public string BaseDirectory { get; init; } = ".";

    /// <summary>The run's journal, as a full path; null where it has none.</summary>
    public string? Journal { get; init; }

    /// <summary>Services that run already, which faults may name like those of the experiment. Default: none.</summary>
    public IReadOnlyList<ServiceLocation> Neighbours { get; init; } = [];

    /// <summary>What marks the processes of the run, by which those that outlive it are found; null where nothing does.</summary>
    public string? Mark { get; init; }

    /// <summary>
    /// The run's place in the ledger, which whoever made it takes out; null for one of the keeper's own, from its beginning to the taking
    /// back.
    /// </summary>
    public RunEntry? Entry { get; init; }

    /// <summary>Makes the guardian's post for a run. Default: this program again, as a process of its own.</summary>
    public Func<RunRecord, IGuardianPost> Post => MakePost ?? (run => new GuardianPost(Ledger, run, Self, Time));

    /// <summary>Another post, for tests.</summary>
    internal Func<RunRecord, IGuardianPost>? MakePost { get; init; }
}
