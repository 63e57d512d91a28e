using Turbulence.Faults;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Proxies;
using Turbulence.Faults.Recoveries;
using Turbulence.Faults.Sessions;

namespace Turbulence.Runs.Requests;

/// <summary>The faults of this user on this machine, those of all runs.</summary>
/// <param name="place">Where they stand, which kinds there are, and the clock.</param>
public sealed class FaultRoom(RunPlace place)
{
    private readonly Random random = place.Random ?? new Random();
    private readonly IReadOnlyList<string> program = place.Program ?? ChaosProgram.Find();

    /// <summary>Where they stand.</summary>
    public Ledger Ledger { get; } = new(place.StateFolder ?? StateFolder.Find());

    /// <summary>Starts the proxies of a run.</summary>
    internal ProxyHost Proxies => new(program, place.Time);

    /// <summary>Takes them back.</summary>
    /// <param name="by">Who does, for the records of runs that go on.</param>
    /// <param name="complain">Told what the ledger did not do.</param>
    public FaultReversal Reversal(string by, Action<string> complain) =>
        new(Ledger, place.Kinds, program, place.Time) { By = by, Complain = complain };

    /// <summary>Takes back what nobody looks after any more.</summary>
    /// <param name="complain">Told what the ledger did not do.</param>
    public Recovery Recovery(Action<string> complain) => new(Ledger, Reversal("the next run", complain));

    /// <summary>Enters a run in the ledger.</summary>
    /// <param name="title">What it is called until more is known.</param>
    /// <param name="stop">Asked to stop it.</param>
    internal RunEntry Enter(string title, Action<string> stop) => new(Ledger, title, place.Time, random, stop);

    /// <summary>Keeps the faults of one run.</summary>
    /// <param name="title">The experiment's title.</param>
    /// <param name="baseDirectory">Its folder.</param>
    /// <param name="journal">The run's journal, as a full path.</param>
    /// <param name="entry">The run's place in the ledger.</param>
    /// <param name="mark">What marks the run's processes.</param>
    internal FaultKeeper Keeper(string title, string baseDirectory, string? journal, RunEntry? entry = null, string? mark = null) =>
        new(new FaultSurroundings(Ledger, place.Kinds, program, place.Time, random)
        {
            Title = title,
            BaseDirectory = baseDirectory,
            Journal = journal,
            Neighbours = place.Services,
            Entry = entry,
            Mark = mark,
        });

    /// <summary>Injects what a keeper keeps.</summary>
    internal FaultProvider Provider(FaultKeeper keeper) => new(place.Kinds, keeper);

    /// <summary>Validates and injects nothing, since there is no run.</summary>
    internal FaultProvider Provider() => Provider(Keeper("", place.Folder ?? ".", null));
}
