using Turbulence.Faults;
using Turbulence.Faults.Guardians;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Recoveries;
using Turbulence.Faults.Sessions;

namespace Turbulence.Cli.Verbs;

/// <summary>The faults of this user on this machine.</summary>
/// <param name="around">Which kinds there are, and the clock.</param>
internal sealed class FaultRoom(Surroundings around)
{
    /// <summary>Where they stand.</summary>
    public Ledger Ledger { get; } = new(StateFolder.Find());

    /// <summary>Takes them back.</summary>
    public FaultReversal Reversal() => new(Ledger, around.Kinds, SelfCommand.Find(), around.Time);

    /// <summary>Takes back what dead runs left behind.</summary>
    public Recovery Recovery() => new(Ledger, Reversal());

    /// <summary>Keeps the faults of one run.</summary>
    /// <param name="title">The experiment's title.</param>
    /// <param name="baseDirectory">Its folder.</param>
    /// <param name="journal">The run's journal, as a full path.</param>
    public FaultKeeper Keeper(string title, string baseDirectory, string? journal) =>
        new(new FaultSurroundings(Ledger, around.Kinds, SelfCommand.Find(), around.Time, new Random())
        {
            Title = title,
            BaseDirectory = baseDirectory,
            Journal = journal,
        });

    /// <summary>Injects what a keeper keeps.</summary>
    public FaultProvider Provider(FaultKeeper keeper) => new(around.Kinds, keeper);

    /// <summary>Validates and injects nothing, since there is no run.</summary>
    public FaultProvider Provider() => Provider(Keeper("", ".", null));
}
