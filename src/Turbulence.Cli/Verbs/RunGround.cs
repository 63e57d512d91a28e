using Turbulence.Experiments.Loading;
using Turbulence.Faults;
using Turbulence.Faults.Guardians;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Recoveries;
using Turbulence.Faults.Sessions;
using Turbulence.Running;

namespace Turbulence.Cli.Verbs;

/// <summary>The ground that a run stands on: nothing of an earlier run may be left in it, and its own faults are kept.</summary>
/// <param name="around">Which kinds there are, and the clock.</param>
/// <param name="outputs">Where it is said what was found.</param>
internal sealed class RunGround(Surroundings around, Outputs outputs)
{
    private readonly Ledger ledger = new(StateFolder.Find());
    private readonly IReadOnlyList<string> self = SelfCommand.Find();

    /// <summary>Makes the keeper of a run's faults.</summary>
    /// <param name="loaded">The experiment.</param>
    /// <param name="journal">The run's journal.</param>
    public FaultKeeper Keeper(LoadedExperiment loaded, string journal) => new(
        new FaultSurroundings(ledger, around.Kinds, self, around.Time, new Random())
        {
            Title = loaded.Document["title"]?.ToString() ?? "",
            BaseDirectory = Path.GetFullPath(loaded.BaseDirectory),
            // A path that is none is told by who writes the journal, and nothing is run.
            Journal = journal.Length == 0 || journal.Contains('\0', StringComparison.Ordinal) ? null : Path.GetFullPath(journal),
        });

    /// <summary>Takes back what dead runs left behind, and says so.</summary>
    /// <returns>Whether nothing is left, so that a run can start.</returns>
    public async Task<bool> ClearAsync()
    {
        var result = await new Recovery(ledger, new FaultReversal(ledger, around.Kinds, self, around.Time)).RunAsync();
        foreach (var fault in result.Faults.Where(static fault => fault.State == FaultState.Confirmed))
        {
            outputs.Say(
                NoticeLevel.Warning,
                $"Fault {fault.Id} ({fault.Kind}) of a run that died was still in; it is taken back: {fault.Confirmation?.Text}");
        }

        foreach (var left in result.Left)
        {
            outputs.Say(NoticeLevel.Critical, $"Nothing is run: {left}");
        }

        return result.IsClean;
    }
}
