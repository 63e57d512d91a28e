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
    /// <param name="by">Who does, for the records of runs that go on.</param>
    /// <param name="complain">Told what the ledger did not do.</param>
    public FaultReversal Reversal(string by, Action<string> complain) =>
        new(Ledger, around.Kinds, SelfCommand.Find(), around.Time) { By = by, Complain = complain };

    /// <summary>Takes back what nobody looks after any more.</summary>
    /// <param name="complain">Told what the ledger did not do.</param>
    public Recovery Recovery(Action<string> complain) => new(Ledger, Reversal("the next run", complain));

    /// <summary>Enters a run in the ledger.</summary>
    /// <param name="title">What it is called until more is known.</param>
    /// <param name="stop">Asked to stop it.</param>
    public RunEntry Enter(string title, Action<string> stop) => new(Ledger, title, around.Time, new Random(), stop);

    /// <summary>Keeps the faults of one run.</summary>
    /// <param name="title">The experiment's title.</param>
    /// <param name="baseDirectory">Its folder.</param>
    /// <param name="journal">The run's journal, as a full path.</param>
    /// <param name="entry">The run's place in the ledger.</param>
    public FaultKeeper Keeper(string title, string baseDirectory, string? journal, RunEntry? entry = null) =>
        new(new FaultSurroundings(Ledger, around.Kinds, SelfCommand.Find(), around.Time, new Random())
        {
            Title = title,
            BaseDirectory = baseDirectory,
            Journal = journal,
            Entry = entry,
        });

    /// <summary>Injects what a keeper keeps.</summary>
    public FaultProvider Provider(FaultKeeper keeper) => new(around.Kinds, keeper);

    /// <summary>Validates and injects nothing, since there is no run.</summary>
    public FaultProvider Provider() => Provider(Keeper("", ".", null));
}
