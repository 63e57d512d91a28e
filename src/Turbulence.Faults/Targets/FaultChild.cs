using System.Globalization;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Targets;

/// <summary>
/// This program again, as the child process that a fault lives in, and what that has started. It is found by its id in the record or by the
/// fault's mark, and ended by whoever takes the fault back.
/// </summary>
internal static class FaultChild
{
    /// <summary>What a child says when everything that was asked for is done.</summary>
    public const string Ready = "ready";

    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    /// <summary>Starts the child, puts its id into the record, lets it begin, and waits until it is ready.</summary>
    /// <param name="record">The fault.</param>
    /// <param name="tools">The step's tools.</param>
    /// <param name="arguments">What the program is told.</param>
    /// <param name="cancellationToken">Ends the step.</param>
    public static async ValueTask<StepResult> StartAsync(
        FaultRecord record, FaultTools tools, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (!ChildProcess.TryStart(Options(record, tools.Self, arguments), out var child, out var failure))
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
            return answer == Ready ? StepResult.Done : StepResult.Failed(answer ?? "the child process ended before it was ready");
        }
        catch (IOException)
        {
            return StepResult.Failed("the child process ended before it was told to begin");
        }
    }

    /// <summary>One that still runs; null for none.</summary>
    public static ProcessIdentity? Find(FaultRecord record) => All(record) is [var child, ..] ? child : null;

    /// <summary>All that still run: the child first where the record has it.</summary>
    public static List<ProcessIdentity> All(FaultRecord record)
    {
        List<ProcessIdentity> children = [];
        if (record.Undo["child"] is { } json && UndoJson.Process(json) is { IsAlive: true } child)
        {
            children.Add(child);
        }

        children.AddRange(FaultMark.Processes(record.Id).Select(process => process.Identity).Where(process => !children.Contains(process)));
        return children;
    }

    /// <summary>Ends them all, and waits until they are gone.</summary>
    public static async ValueTask<StepResult> EndAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var children = All(record);
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
            EndPatience, tools.Time, cancellationToken, () => !children.Exists(static child => child.MayBeAlive) && Find(record) is null);
        return isGone
            ? StepResult.Done
            : StepResult.Failed($"process {Find(record)?.Id} does not end; do it by hand: kill -KILL {Find(record)?.Id}");
    }

    /// <summary>How long a child stays at most, as it is told: <c>seconds=65</c>.</summary>
    /// <param name="duration">How long the fault is to stay; null for the end of the run.</param>
    /// <param name="longest">Whatever is asked for, no child stays longer.</param>
    public static string Lease(TimeSpan? duration, TimeSpan longest)
    {
        var slack = TimeSpan.FromSeconds(5);
        var lease = duration + slack is { } asked && asked < longest ? asked : longest;
        return lease.TotalSeconds.ToString(CultureInfo.InvariantCulture);
    }

    private static ProcessStartOptions Options(FaultRecord record, IReadOnlyList<string> self, IReadOnlyList<string> arguments) => new()
    {
        FileName = ExecutableSearch.Find(self[0]) ?? self[0],
        Arguments = [.. self.Skip(1), .. arguments],
        WorkingDirectory = "/",
        NameBeforeExec = FaultMark.NameBeforeExec(record.Id),
        Environment = FaultMark.Environment(record.Id),
        StandardInput = ChildInput.Stream,
        StandardOutput = ChildOutput.Stream,
    };
}
