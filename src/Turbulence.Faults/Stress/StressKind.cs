using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Stress;

/// <summary>
/// The kinds that live in a child process: this program again, which ends by itself a little after the fault's duration. Taking one back
/// ends the child, found by its id in the record or by its mark.
/// </summary>
internal abstract class StressKind : IFaultKind
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    public abstract FaultKindDescription Description { get; }

    public ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(Description, request);
        var load = arguments.Problem is null ? Read(arguments, request) : null;
        return ValueTask.FromResult(load is null || arguments.Problem is not null
            ? FaultPlanning.Refused(arguments.Problem ?? $"{Description.Name} cannot be planned")
            : FaultPlanning.Of(Plan(load, request.Duration)));
    }

    public async ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        if (!ChildProcess.TryStart(Options(record, tools.Self), out var child, out var failure))
        {
            return StepResult.Failed($"the child process could not be started: {failure.Message}");
        }

        // The child is left to itself, not disposed of: it has to outlive this process when that dies.
        await using var input = child.StandardInput;
        using var output = new StreamReader(child.StandardOutput);
        var undo = record.Undo.DeepClone().AsObject();
        undo["child"] = UndoJson.Write(child.Identity);
        await tools.SaveAsync(undo);
        try
        {
            await input.WriteAsync("go\n"u8.ToArray(), cancellationToken);
            await input.DisposeAsync();
            var answer = await output.ReadLineAsync(cancellationToken);
            return answer == StressProgram.Ready
                ? StepResult.Done
                : StepResult.Failed(answer ?? "the child process ended before it was ready");
        }
        catch (IOException)
        {
            return StepResult.Failed("the child process ended before it was told to begin");
        }
    }

    public async ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        Child(record) is { } child
            ? await LookAsync(record, child.Id, tools.Time, cancellationToken)
            : new Evidence(false, "its child process does not run");

    public async ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var children = Children(record);
        foreach (var process in children)
        {
            if (!ProcessHandle.TryOpen(process, out var handle, out var failure))
            {
                if (!failure.IsGone)
                {
                    return StepResult.Failed(
                        $"process {process.Id} cannot be ended: {failure.Message.TrimEnd('.')}; do it by hand: kill -KILL {process.Id}");
                }

                continue;
            }

            using (handle)
            {
                handle.Signal(PosixSignalNumber.Kill);
            }
        }

        // All processes of the system are asked for the fault's mark once more, when those that are known are gone.
        var isGone = await Until.TrueAsync(
            EndPatience, tools.Time, cancellationToken, () => !children.Exists(static child => child.MayBeAlive) && Child(record) is null);
        return isGone
            ? CleanUp(record)
            : StepResult.Failed($"process {Child(record)?.Id} does not end; do it by hand: kill -KILL {Child(record)?.Id}");
    }

    public ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
        Child(record) is { } child ? new Evidence(false, $"its child process {child.Id} still runs")
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

    private static ProcessIdentity? Child(FaultRecord record) => Children(record) is [var child, ..] ? child : null;

    private static List<ProcessIdentity> Children(FaultRecord record)
    {
        List<ProcessIdentity> children = [.. FaultMark.Processes(record.Id).Select(process => process.Identity)];
        if (record.Undo["child"] is { } json && UndoJson.Process(json) is { IsAlive: true } child && !children.Contains(child))
        {
            children.Add(child);
        }

        return children;
    }

    private static FaultPlan Plan(StressPlan load, TimeSpan? duration)
    {
        var lease = duration + Slack is { } asked && asked < StressProgram.Longest ? asked : StressProgram.Longest;
        var told = new JsonObject(load.Values.Select(value => KeyValuePair.Create(value.Name, (JsonNode?)value.Value)))
        {
            ["seconds"] = lease.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        };
        return new FaultPlan([load.Target], new JsonObject { ["load"] = told }, "end the child process, and so give back what it holds")
        {
            Text = load.Text,
        };
    }

    private ProcessStartOptions Options(FaultRecord record, IReadOnlyList<string> self) => new()
    {
        FileName = ExecutableSearch.Find(self[0]) ?? self[0],
        Arguments =
        [
            .. self.Skip(1),
            StressProgram.Verb,
            Description.Name[(Description.Name.IndexOf('.', StringComparison.Ordinal) + 1)..],
            .. UndoJson.Read<string[]>(() => [.. record.Undo["load"]!.AsObject().Select(value => $"{value.Key}={(string)value.Value!}")]),
        ],
        WorkingDirectory = "/",
        NameBeforeExec = FaultMark.NameBeforeExec(record.Id),
        Environment = FaultMark.Environment(record.Id),
        StandardInput = ChildInput.Stream,
        StandardOutput = ChildOutput.Stream,
    };
}
