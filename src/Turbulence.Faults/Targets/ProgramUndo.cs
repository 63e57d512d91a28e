using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Targets;

/// <summary>The undo of the faults that end processes: their programs, and how they are ended.</summary>
/// <param name="Programs">What was running; empty where it cannot be started again, which the plan says.</param>
/// <param name="Signal">What is sent.</param>
/// <param name="Grace">How long a process may take to end.</param>
/// <param name="Wait">How long a program may take to be ready again.</param>
/// <param name="Supervised">How long a supervisor may take to start it again by itself.</param>
internal sealed record ProgramUndo(
    IReadOnlyList<ProgramImage> Programs, PosixSignalNumber Signal, TimeSpan Grace, TimeSpan Wait, TimeSpan Supervised)
{
    public JsonObject ToJson() => new()
    {
        ["signal"] = (int)Signal,
        ["grace"] = Grace.TotalSeconds,
        ["wait"] = Wait.TotalSeconds,
        ["supervisor"] = Supervised.TotalSeconds,
        ["programs"] = new JsonArray([.. Programs.Select(JsonNode (program) => program.ToJson())]),
    };

    public static ProgramUndo Of(FaultRecord record) => UndoJson.Read(() => new ProgramUndo(
        [.. record.Undo["programs"]!.AsArray().Select(program => ProgramImage.FromJson(program!))],
        (PosixSignalNumber)(int)record.Undo["signal"]!,
        TimeSpan.FromSeconds((double)record.Undo["grace"]!),
        TimeSpan.FromSeconds((double)record.Undo["wait"]!),
        TimeSpan.FromSeconds((double)record.Undo["supervisor"]!)));

    /// <summary>Writes down what runs beside the programs just before they are ended: it may have been started since the plan.</summary>
    public async ValueTask<ProgramUndo> RenewAsync(FaultTools tools)
    {
        var now = this with { Programs = [.. Programs.Select(program => program.Now())] };
        await tools.SaveAsync(now.ToJson());
        return now;
    }

    /// <summary>
    /// Starts again what is gone. A process that still runs may be about to end by a signal that a runner sent just before it died, so it
    /// is watched for a moment first.
    /// </summary>
    public async ValueTask<StepResult> RevertAsync(FaultTools tools, CancellationToken cancellationToken)
    {
        if (Programs.Any(program => program.Process.IsAlive))
        {
            var moment = TimeSpan.FromMilliseconds(Signal == PosixSignalNumber.Kill ? 200 : 800);
            await Until.TrueAsync(moment, tools.Time, cancellationToken, () => !Programs.Any(program => program.Process.IsAlive));
        }

        return await new ProgramReturn(Programs, tools.Time).BringBackAsync(Wait, Supervised, cancellationToken);
    }

    public async ValueTask<Evidence> CheckAsync(FaultTools tools, CancellationToken cancellationToken) =>
        await new ProgramReturn(Programs, tools.Time).LookAsync(cancellationToken);
}
