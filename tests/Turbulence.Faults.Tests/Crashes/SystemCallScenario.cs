using System.Text.Json.Nodes;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>
/// A shell that opens a file again and again, and starts programs: it has to go on, nobody may trace it, and no child of the fault may be
/// left.
/// </summary>
internal sealed class SystemCallScenario(string kind, JsonObject arguments) : Scenario(kind)
{
    private ChildProcess? shell;

    public override string? Residue()
    {
        var left = ProcessTable.List().Where(process => process.IsAlive
            && ProcessTable.Environment(process.Id) is { } environment
            && environment.ContainsKey("TURBULENCE_FAULT")
            && environment.GetValueOrDefault(StateFolder.Variable) == Room.State).ToArray();
        return left.Length > 0 ? $"{left.Length} child processes are left, the first is {left[0].Name}"
            : ProcessTable.Find(shell!.Id) is not { IsAlive: true } status ? "the process is gone"
            : status.State is 'T' or 't' ? $"the process is in state {status.State}"
            : ProcessTable.StatusLine(shell.Id, "TracerPid") is var tracer and not "0" ? $"the process is traced by {tracer}"
            : null;
    }

    public override async ValueTask DisposeAsync()
    {
        await shell!.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override Task PrepareAsync()
    {
        Strace.Needed();
        File.WriteAllText(Room["data"], "");
        var options = new ProcessStartOptions
        {
            FileName = "/bin/sh",
            Arguments = ["-c", "while :; do read x <\"$0\"; sleep 0.02; done", Room["data"]],
            WorkingDirectory = Room.Path,
        };
        Assert.True(ChildProcess.TryStart(options, out shell, out var failure), failure?.Message);
        return Eventually.HoldsAsync(() => Residue() is null);
    }

    protected override JsonObject Arguments()
    {
        var all = arguments.DeepClone().AsObject();
        (all["pid"], all["call"], all["path"]) = (shell!.Id, "openat", Room["data"]);
        return all;
    }
}
