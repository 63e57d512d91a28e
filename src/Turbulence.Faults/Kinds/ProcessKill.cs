using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds;

/// <summary>
/// <c>process.kill</c>: ends processes by a signal. Taken back by starting their programs again, unless somebody else already has.
/// </summary>
internal sealed class ProcessKill : IFaultKind
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    public FaultKindDescription Description { get; } = new(
        "process.kill",
        "ends a process by a signal, and starts its program again as it was",
        [
            .. ProcessSelection.Arguments,
            SignalName.Argument("what is sent; what a signal that can be refused has not ended after 10 s fails", PosixSignalNumber.Kill),
            ProgramPlan.Wait,
            ProgramPlan.Supervisor,
        ])
    {
        Groups = [ProcessSelection.Group],
        Needs = [ProcessNeed.Of("root for another user's process, which is then irreversible")],
    };

    public ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(Description, request);
        var signal = SignalName.Read(arguments);
        var selected = ProcessSelection.Find(arguments, request);
        return ValueTask.FromResult(selected.Problem is { } problem
            ? FaultPlanning.Refused(problem)
            : ProgramPlan.Make(selected, arguments, request.Mask, signal, Grace, $"{SignalName.Of(signal)} to"));
    }

    public async ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var undo = await ProgramUndo.Of(record).RenewAsync(tools);
        return new StepResult(await new ProgramEnd(undo.Programs, tools.Time).EndAsync(undo.Signal, undo.Grace, cancellationToken));
    }

    public ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new ProgramEnd(ProgramUndo.Of(record).Programs, tools.Time).Look());

    public ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        ProgramUndo.Of(record).RevertAsync(tools, cancellationToken);

    public ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        ProgramUndo.Of(record).CheckAsync(tools, cancellationToken);
}
