using System.Text.Json.Nodes;
using Turbulence.Controls;
using Turbulence.Hosts.Workers;

namespace Turbulence.Hosts.Controls;

/// <summary>What a hook's outcome means for the run.</summary>
internal static class HookResult
{
    /// <summary>Reads it.</summary>
    public static ControlResult Of(Outcome outcome)
    {
        var result = outcome.End switch
        {
            "succeeded" => ControlResult.Continue,
            "interrupted" => ControlResult.Interrupt(outcome.Message),
            "exited" => ControlResult.Exit(outcome.Code),
            _ => ControlResult.Failed(outcome.Message, outcome.Trace),
        };
        return outcome.Changes is { } changes ? result with { Changes = Changes(changes) } : result;
    }

    private static ControlChanges Changes(JsonObject changes) => new()
    {
        Context = changes["context"],
        State = changes["state"],
        Experiment = changes["experiment"] as JsonObject,
        Configuration = changes["configuration"] as JsonObject,
        Secrets = changes["secrets"] as JsonObject,
    };
}
