using System.Text.Json.Nodes;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>A machine under stress by a child process: no such process may be left, and nothing in the folder that it filled.</summary>
internal sealed class StressScenario(string kind, JsonObject arguments, bool isOnDisk = false) : Scenario(kind)
{
    public override string? Residue()
    {
        var children = ProcessTable.List().Count(process => process.IsAlive && ProcessTable.CommandLine(
            process.Id)?.Contains("stress") == true
            && ProcessTable.Environment(process.Id)?.GetValueOrDefault(StateFolder.Variable) == Room.State);
        return children > 0 ? $"{children} child processes are left"
            : Directory.EnumerateFileSystemEntries(Room["disk"]).Any() ? "the folder is not empty"
            : null;
    }

    protected override Task PrepareAsync()
    {
        Directory.CreateDirectory(Room["disk"]);
        return Task.CompletedTask;
    }

    protected override JsonObject Arguments()
    {
        var all = arguments.DeepClone().AsObject();
        if (isOnDisk)
        {
            all["path"] = Room["disk"];
        }

        return all;
    }
}
