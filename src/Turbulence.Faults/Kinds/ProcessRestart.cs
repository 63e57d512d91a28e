using Turbulence.Events;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds;

/// <summary>
/// <c>process.restart</c>: ends a process as an operator would, asked first and killed after a grace, and starts its program again at once.
/// It ends by itself; taking it back makes sure that the program is there.
/// </summary>
internal sealed class ProcessRestart : IFaultKind
{
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(5);

    public FaultKindDescription Description { get; } = new(
        "process.restart",
        "ends a process by a signal and starts its program again at once, as it was",
        [
            .. ProcessSelection.Arguments,
            SignalName.Argument("what is sent", PosixSignalNumber.Terminate),
            new("grace", ArgumentType.Seconds, "how long it may take to end before it is killed") { Least = 0, Most = 600, Default = "10" },
            ProgramPlan.Wait,
            ProgramPlan.Supervisor,
        ])
    {
        Groups = [ProcessSelection.Group],
    };

    public ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(Description, request);
        var signal = SignalName.Read(arguments);
        var grace = arguments.Seconds("grace");
        var selected = ProcessSelection.Find(arguments, request);
        if (selected.Problem is { } problem)
        {
            return ValueTask.FromResult(FaultPlanning.Refused(problem));
        }

        var planning = ProgramPlan.Make(selected, arguments, request.Mask, signal, grace, $"{SignalName.Of(signal)} and a new start to");
        return ValueTask.FromResult(planning.Plan is { IsIrreversible: true } plan ? FaultPlanning.Refused(plan.UndoText) : planning);
    }

    public async ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var undo = await ProgramUndo.Of(record).RenewAsync(tools);
        if (await new ProgramEnd(undo.Programs, tools.Time).EndAsync(undo.Signal, undo.Grace, cancellationToken) is { } problem)
        {
            ProgramImage[] survivors = [.. undo.Programs.Where(program => program.Process.IsAlive)];
            if (survivors.Length == 0)
            {
                return StepResult.Failed(problem);
            }

            if (await new ProgramEnd(survivors, tools.Time).EndAsync(
                PosixSignalNumber.Kill, KillPatience, cancellationToken) is { } stubborn)
            {
                return StepResult.Failed(stubborn);
            }
        }

        return await new ProgramReturn(undo.Programs, tools.Time).BringBackAsync(undo.Wait, undo.Supervised, cancellationToken);
    }

    public ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new ProgramEnd(ProgramUndo.Of(record).Programs, tools.Time).Look());

    public ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        ProgramUndo.Of(record).RevertAsync(tools, cancellationToken);

    public ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        ProgramUndo.Of(record).CheckAsync(tools, cancellationToken);
}
