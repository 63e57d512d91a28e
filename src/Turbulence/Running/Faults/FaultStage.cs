using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Services;
using Turbulence.Verdicts;

namespace Turbulence.Running.Faults;

/// <summary>Tells the keeper of the faults when the run begins, and makes it take everything back.</summary>
internal sealed class FaultStage
{
    private readonly IFaultKeeper keeper;
    private readonly RunContext context;
    private readonly RunStop stop;
    private readonly ServiceSupervisor services;
    private readonly RunFindings findings;
    private bool begun;

    /// <summary>Prepares; nothing happens yet.</summary>
    public FaultStage(IFaultKeeper keeper, RunContext context, RunStop stop, ServiceSupervisor services, RunFindings findings)
    {
        this.keeper = keeper;
        this.context = context;
        this.stop = stop;
        this.services = services;
        this.findings = findings;
        findings.Faults = new FaultWatch(context.Events);
        context.Faults = findings.Faults;
        context.LookAtFaults = cancellationToken => LookAsync(isLast: false, cancellationToken);
    }

    /// <summary>The run begins.</summary>
    /// <returns>Whether it may go on; why not is among the findings.</returns>
    /// <exception cref="OperationCanceledException">The run was asked to stop.</exception>
    public async Task<bool> BeginAsync()
    {
        // Also after a beginning that failed half-way: taking back nothing costs nothing.
        begun = true;
        var scene = new FaultScene(
            () => services.Locations, findings.Faults!.Take, context.Events.Say, interruption => stop.RequestOnce(
                interruption), findings.LeftToAPerson.Add)
        {
            Lost = findings.Faults!.Lose,
        };
        if (await keeper.BeginAsync(scene, stop.Run) is not { } problem)
        {
            stop.Run.ThrowIfCancellationRequested();
            return true;
        }

        findings.Problems.Add(problem);
        findings.Status = RunStatus.Failed;
        return false;
    }

    /// <summary>Reads back whether what should be in is in. The reference knows no faults.</summary>
    /// <param name="isLast">Whether no other look follows before they are taken back.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="OperationCanceledException">The run was asked to stop.</exception>
    public async Task LookAsync(bool isLast, CancellationToken cancellationToken)
    {
        if (begun && !context.Compatible)
        {
            await keeper.LookAsync(isLast, cancellationToken);
        }
    }

    /// <summary>Takes back whatever is still in.</summary>
    public async Task TakeBackAsync()
    {
        if (!begun)
        {
            return;
        }

        await keeper.TakeBackAsync();
        if (stop.Interruption is { } interruption && (!context.Compatible || findings.Faults!.All.Count > 0))
        {
            findings.Interruption ??= interruption;
            findings.Status = RunStatus.Interrupted;
        }
    }
}
