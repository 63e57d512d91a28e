using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Experiments;
using Turbulence.Runs.Planning;

namespace Turbulence.Cli.Plans;

/// <summary>Writes a plan for programs.</summary>
internal static class PlanJson
{
    /// <summary>The plan as a value.</summary>
    public static JsonObject Of(PlannedRun run)
    {
        var plan = new JsonObject
        {
            ["title"] = run.Title,
            ["source"] = run.Experiment.Source,
            ["refused"] = run.Refused,
            ["services"] = new JsonArray([.. run.Services.Select(service => new JsonObject
            {
                ["name"] = service.Name,
                ["program"] = service.Program,
                ["running"] = service.IsRunning,
                ["stranger"] = service.Stranger,
                ["needs"] = new JsonArray([.. service.Needs.Select(need => JsonValue.Create(need))]),
                ["ready"] = service.Ready,
                ["proxies"] = new JsonArray([.. service.Proxies.Select(Of)]),
                ["problem"] = service.Problem,
            })]),
        };
        if (run.Users is { } users)
        {
            plan["users"] = users;
        }

        foreach (var stage in run.Stages)
        {
            plan[stage.Key] = new JsonArray([.. stage.Activities.Select(Of)]);
        }

        return plan;
    }

    private static JsonObject Of(PlannedActivity planned) => new()
    {
        ["type"] = planned.Activity.Type == ActivityType.Action ? "action" : "probe",
        ["name"] = planned.Activity.Name,
        ["background"] = planned.Activity.Background,
        ["pauses"] = planned.Activity.Declaration["pauses"]?.DeepClone(),
        ["tolerance"] = planned.Activity.Tolerance?.DeepClone(),
        ["provider"] = planned.Provider.DeepClone(),
        ["fault"] = planned.Change is { } change ? Of(change) : null,
    };

    private static JsonObject Of(PlannedChange change) => new()
    {
        ["kind"] = change.Kind,
        ["duration"] = change.Duration?.TotalSeconds,
        ["state"] = change.Problem is null ? "planned" : change.IsOpen ? "open" : "refused",
        ["does"] = change.Problem is null ? change.Does : null,
        ["targets"] = new JsonArray([.. change.Targets.Select(Of)]),
        ["undo"] = change.Undo,
        ["irreversible"] = change.Problem is null ? change.IsIrreversible : null,
        ["problem"] = change.Problem,
    };

    private static JsonObject Of(PlannedProxy proxy) => new()
    {
        ["name"] = proxy.Name,
        ["from"] = proxy.From,
        ["protocol"] = proxy.IsUdp ? "udp" : "tcp",
        ["listen"] = proxy.Listen,
        ["upstream"] = proxy.Upstream,
        ["stranger"] = proxy.Stranger,
    };

    private static JsonObject Of(PlannedTarget target) => new() { ["key"] = target.Key, ["text"] = target.Text };
}
