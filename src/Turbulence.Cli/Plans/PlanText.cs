using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Cli.Lines;
using Turbulence.Experiments;
using Turbulence.Load.Users;
using Turbulence.Python;
using Turbulence.Runs.Planning;

namespace Turbulence.Cli.Plans;

/// <summary>Writes a plan for people.</summary>
/// <param name="output">Takes the lines.</param>
internal sealed class PlanText(TextWriter output)
{
    /// <summary>Writes the plan.</summary>
    public void Write(PlannedRun run)
    {
        Line(0, run.Title);
        if (run.Services.Count > 0)
        {
            Line(0, "Services");
            foreach (var service in run.Services)
            {
                Line(2, service.Program.Length > 0 ? $"{service.Name}: {service.Program} ({Fate(service)})" : $"{service.Name}: {Fate(service)}");
                Details(service);
            }
        }

        if (run.Users is { } users)
        {
            Line(0, "Users, from when the services are up until after the closing check");
            Line(2, users);
        }

        foreach (var stage in run.Stages.Where(stage => stage.Activities.Count > 0))
        {
            Line(0, stage.Title);
            foreach (var activity in stage.Activities)
            {
                Write(activity);
            }
        }

        Line(0, Summary(run));
    }

    private void Details(PlannedService service)
    {
        if (service.Needs.Count > 0)
        {
            Line(4, $"needs   {string.Join(", ", service.Needs)}");
        }

        if (service.Ready is { } ready)
        {
            Line(4, $"ready   when {ready}");
        }

        foreach (var proxy in service.Proxies)
        {
            Line(
                4,
                $"proxy   {Known(proxy.Name)}: {(proxy.IsUdp ? "udp " : "")}{Known(proxy.Listen)} -> {Known(proxy.Upstream)}{(proxy.From is { } from ? $", for {from}" : "")}{(proxy.Stranger is { } stranger ? $" ({stranger} listens on that port already)" : "")}");
        }

        if (service.Problem is { } problem)
        {
            Line(4, $"open    {problem}");
        }
    }

    private static string Known(string place) => place.Length > 0 ? place : "?";

    private static string Summary(PlannedRun run)
    {
        var changes = run.Stages.SelectMany(stage => stage.Activities).Select(activity => activity.Change).OfType<PlannedChange>().ToList();
        var open = changes.Count(change => change.IsOpen);
        var irreversible = changes.Count(change => change is { Problem: null, IsIrreversible: true });
        return $"{changes.Count} {(changes.Count == 1 ? "fault" : "faults")}: {run.Refused} refused, {irreversible} irreversible, {open} known only when the services run. Nothing was touched.";
    }

    private void Write(PlannedActivity planned)
    {
        var activity = planned.Activity;
        var background = activity.Background ? " in the background" : "";
        Line(2, $"{(activity.Type == ActivityType.Action ? "action" : "probe")} {activity.Name}{background}: {What(planned)}");
        Pause(activity.PauseBefore, "before");
        if (planned.Change is { } change)
        {
            Write(change);
        }

        Pause(activity.PauseAfter, "after");
    }

    private void Write(PlannedChange change)
    {
        if (change.Does is { } does)
        {
            Line(4, $"does    {does}");
        }

        if (change.Problem is { } problem)
        {
            Line(4, change.IsOpen ? $"hits    what is found once the services run; now: {problem}" : $"REFUSED {problem}");
            return;
        }

        foreach (var target in change.Targets)
        {
            Line(4, $"hits    {target.Text}");
        }

        Line(4, change.IsIrreversible ? "undo    none: IRREVERSIBLE, as the experiment allows" : $"undo    {change.Undo}");
    }

    private void Pause(JsonNode? pause, string side)
    {
        if (pause is not null)
        {
            Line(4, $"pause   {PythonText.Of(pause)} s {side} it");
        }
    }

    private static string What(PlannedActivity planned)
    {
        var provider = planned.Provider;
        var text = planned.Change?.What ?? planned.Activity.ProviderType switch
        {
            "http" => $"{PythonText.Of(provider["method"] ?? "GET")} {PythonText.Of(provider["url"])}",
            "process" => $"{PythonText.Of(provider["path"])} {Arguments(provider["arguments"])}".TrimEnd(),
            "load" =>
                $"load of {UserBlock.Words(provider)}{(provider["duration"] is { } seconds ? $", for {PythonText.Of(seconds)} s" : "")}",
            var type =>
                $"{type} {provider.Where(entry => entry.Key != "type").Select(entry => entry.Value?.ToJsonString()).FirstOrDefault()}",
        };
        return planned.Activity.Tolerance is { } tolerance ? $"{text}, tolerance {tolerance.ToJsonString()}" : text;
    }

    private static string Arguments(JsonNode? arguments) => arguments switch
    {
        null => "",
        JsonArray list => string.Join(' ', list.Select(PythonText.Of)),
        var other => PythonText.Of(other),
    };

    private void Line(int indent, string text) => output.WriteLine(new string(' ', indent) + PrintableText.OneLine(text));

    private static string Fate(PlannedService service) => service switch
    {
        { Stranger: { } stranger } => $"{stranger} has its port and is not it: the run would fail",
        { IsRunning: true } => "runs already, is left running",
        { IsExpected: true, Port: not null } => "does not run: the run would wait for it, and fail without it",
        { IsExpected: true } => "has to run already, is left running",
        _ => "is started, and stopped at the end",
    };
}
