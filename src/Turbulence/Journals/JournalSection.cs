using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Options;

namespace Turbulence.Journals;

/// <summary>The journal's one key that is ours and not the reference's: <c>turbulence</c>.</summary>
internal sealed class JournalSection
{
    private readonly JsonObject services = [];
    private readonly JournalFaults faults = new();

    /// <summary>The key's value, live.</summary>
    public JsonObject Content { get; } = [];

    /// <summary>Takes the beginning of the run in.</summary>
    /// <param name="begin">The event.</param>
    /// <param name="version">The program's version.</param>
    public void Take(RunStarted begin, string version)
    {
        Content["version"] = version;
        Content["run"] = begin.RunId;
        Content["source"] = begin.Experiment.Source;
        Content["seed"] = begin.Seed;
        Content["machine"] = new JsonObject
        {
            ["host"] = begin.Machine.Host,
            ["platform"] = begin.Machine.Platform,
            ["processors"] = begin.Machine.Processors,
            ["runtime"] = begin.Machine.Runtime,
        };
        Content["state"] = "running";
        Content["compatibility"] = begin.Options.Compatibility == Compatibility.None ? null : "chaostoolkit";
        Content["rollback_strategy"] = begin.Options.Rollbacks.ToString().ToLowerInvariant();
        Content["hypothesis_strategy"] = HypothesisStrategyName.Of(begin.Options.Hypothesis);
    }

    /// <summary>Takes the end of the run in; a later one replaces it.</summary>
    public void Take(RunEnded end)
    {
        Content["state"] = "ended";
        Content["verdict"] = end.Outcome.Word;
        Content["exit_code"] = end.Outcome.ExitCode;
        if (end.Outcome.Notes.Count > 0)
        {
            Content["notes"] = new JsonArray([.. end.Outcome.Notes.Select(note => JsonValue.Create(note))]);
        }

        Content["reasons"] = new JsonArray([.. end.Outcome.Reasons.Select(reason => JsonValue.Create(reason))]);
    }

    /// <summary>Takes the steady state after the rollbacks in.</summary>
    /// <param name="check">The check; a later one replaces it.</param>
    public void TakeClosing(HypothesisRun check)
    {
        var state = JournalJson.State(check);
        state["checks"] = check.Iteration + 1;
        state["settled_after"] = check.Settled?.TotalSeconds;
        Content["after_rollbacks"] = state;
    }

    /// <summary>Takes any other event in.</summary>
    /// <returns>Whether it says something for this section.</returns>
    public bool Take(RunEvent happened)
    {
        switch (happened)
        {
            case ServiceChanged service:
                services[service.Name] = service.State.ToString().ToLowerInvariant();
                Content["services"] ??= services;
                return true;
            case FaultChanged changed:
                faults.Take(changed);
                Content["faults"] ??= faults.Content;
                return true;
            case UsersMeasured users:
                Content["users"] = users.Figures.DeepClone();
                return true;
            case SafeguardsStarted safeguards:
                Content["safeguards"] = new JsonObject { ["count"] = safeguards.Count };
                return true;
            case SafeguardsEnded safeguards:
                Content["safeguards"]!["checks"] = safeguards.Checks;
                Content["safeguards"]!["missed"] = safeguards.Missed is { } missed ? JournalJson.Entry(missed) : null;
                return true;
            case RunInterrupted { Interruption: var interruption }:
                Content["interruption"] = interruption.Message;
                return true;
            case RollbacksDecided decision:
                Content["rollbacks"] = new JsonObject { ["played"] = decision.Played, ["reason"] = decision.Reason };
                return true;
            default:
                return false;
        }
    }
}
