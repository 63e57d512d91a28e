using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Tests;

/// <summary>Records as tests need them.</summary>
internal static class Records
{
    public static readonly ProcessIdentity Dead = new(int.MaxValue, 1);

    public static ProcessIdentity Self => ProcessTable.Find(Environment.ProcessId)!.Identity;

    public static FaultRecord Fault(
        string id = "fault", string run = "run", string target = "file:/x", FaultState state = FaultState.Active) => new(
        id, run, "test.file", "make a file", RunnerIdentity.Of(Dead), DateTimeOffset.UnixEpoch, [new FaultTarget(target, target)],
        new JsonObject { ["path"] = "/x" }, "rm /x")
        {
            State = state,
            Confirmation = state == FaultState.Confirmed ? new Evidence(true, "it is gone") : null,
        };

    public static RunRecord Run(string id = "run", ProcessIdentity? runner = null) =>
        new(id, $"title of {id}", RunnerIdentity.Of(runner ?? Dead), DateTimeOffset.UnixEpoch);
}
