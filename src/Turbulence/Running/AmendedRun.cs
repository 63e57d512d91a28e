using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Json;

namespace Turbulence.Running;

/// <summary>The record of an activity whose entry in the journal a control has changed.</summary>
internal static class AmendedRun
{
    /// <summary>The record that says what <paramref name="entry"/> says; what cannot be read there stays.</summary>
    public static ActivityRun Of(ActivityRun run, JsonObject entry)
    {
        var end = JsonTexts.TryRead(entry["status"], out var status) ? status switch
        {
            "succeeded" => ActivityEnd.Succeeded,
            "failed" when run.End is null or ActivityEnd.Succeeded => ActivityEnd.Failed,
            _ => run.End,
        }
        : run.End;
        var met = entry["tolerance_met"] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : run.ToleranceMet;
        return run with
        {
            Amended = entry,
            Output = entry["output"]?.DeepClone(),
            End = end,
            ToleranceMet = end == ActivityEnd.Failed && met is not null && run.End == ActivityEnd.Succeeded ? false : met,
            Message = end == ActivityEnd.Succeeded ? null : run.Message ?? "a control says so",
        };
    }
}
