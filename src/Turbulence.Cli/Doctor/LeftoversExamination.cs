using Turbulence.Events;
using Turbulence.Faults.Recoveries;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Doctor;

/// <summary>What runs before have left, and whether a run may start.</summary>
/// <param name="place">Where runs happen.</param>
internal sealed class LeftoversExamination(RunPlace place) : IExamination
{
    public string Subject => "leftovers";

    public Task<IReadOnlyList<Finding>> LookAsync(CancellationToken stop)
    {
        var ledger = new FaultRoom(place).Ledger;
        List<Finding> found = [];
        if (Recovery.Notice(ledger) is { } left)
        {
            found.Add(Finding.Broken(Subject, left));
        }

        if (ledger.Halted is { } halted)
        {
            found.Add(Finding.Broken(Subject, $"no run can start: {halted}"));
        }

        if (found.Count == 0)
        {
            var content = ledger.Read();
            var runs = content.Runs.Count(static run => run.IsRunnerAlive);
            var faults = content.Faults.Count(static fault => fault.State != FaultState.Confirmed);
            found.Add(Finding.Ok(Subject, runs + faults == 0
                ? "none: no run goes on, and no fault is in"
                : $"none; {(runs == 1 ? "1 run goes" : $"{runs} runs go")} on with {(faults == 1 ? "1 fault" : $"{faults} faults")} in"));
        }

        return Task.FromResult<IReadOnlyList<Finding>>(found);
    }
}
