using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;

namespace Turbulence.Faults.Stress;

/// <summary>
/// The kinds that live in a child process: this program again, which ends by itself a little after the fault's duration. Taking one back
/// ends the child, found by its id in the record or by its mark.
/// </summary>
internal abstract class StressKind : IFaultKind
{
    public abstract FaultKindDescription Description { get; }

    public ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(Description, request);
        var load = arguments.Problem is null ? Read(arguments, request) : null;
        return ValueTask.FromResult(load is null || arguments.Problem is not null
            ? FaultPlanning.Refused(arguments.Problem ?? $"{Description.Name} cannot be planned")
            : FaultPlanning.Of(Plan(load, request.Duration)));
    }

    public ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        FaultChild.StartAsync(
            record,
            tools,
            [
                StressProgram.Verb,
                Description.Name[(Description.Name.IndexOf('.', StringComparison.Ordinal) + 1)..],
                .. UndoJson.Read<string[]>(
                    () => [.. record.Undo["load"]!.AsObject().Select(value => $"{value.Key}={(string)value.Value!}")]),
            ],
            cancellationToken);

    public async ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        FaultChild.Find(record) is { } child
            ? await LookAsync(record, child.Id, tools.Time, cancellationToken)
            : new Evidence(false, "its child process does not run");

    public async ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        await FaultChild.EndAsync(record, tools, cancellationToken) is { IsDone: false } failed ? failed : CleanUp(record);

    public ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
        FaultChild.Find(record) is { } child ? new Evidence(false, $"its child process {child.Id} still runs")
        : Rest(record) is { } rest ? new Evidence(false, rest)
        : new Evidence(true, "its child process is gone, and what it held with it"));

    /// <summary>
    /// Reads the arguments, which fit their description; what is wrong is refused through <paramref name="arguments"/>, and null returned.
    /// </summary>
    protected abstract StressPlan? Read(ArgumentReader arguments, FaultRequest request);

    /// <summary>Reads from the system whether the child has the effect that was asked for.</summary>
    protected abstract Task<Evidence> LookAsync(FaultRecord record, int child, TimeProvider time, CancellationToken cancellationToken);

    /// <summary>Removes what a dead child may have left behind.</summary>
    protected virtual StepResult CleanUp(FaultRecord record) => StepResult.Done;

    /// <summary>What a dead child has left behind, in one line; null for nothing.</summary>
    protected virtual string? Rest(FaultRecord record) => null;

    /// <summary>A value that the child was told.</summary>
    protected static string Told(FaultRecord record, string name) => UndoJson.Read(() => record.Undo["load"]![name]!.GetValue<string>());

    protected static long ToldNumber(FaultRecord record, string name) =>
        UndoJson.Read(() => long.Parse(Told(record, name), CultureInfo.InvariantCulture));

    private static FaultPlan Plan(StressPlan load, TimeSpan? duration)
    {
        var told = new JsonObject(load.Values.Select(value => KeyValuePair.Create(value.Name, (JsonNode?)value.Value)))
        {
            ["seconds"] = FaultChild.Lease(duration, StressProgram.Longest),
        };
        return new FaultPlan([load.Target], new JsonObject { ["load"] = told }, "end the child process, and so give back what it holds")
        {
            Text = load.Text,
        };
    }
}
